export { cubemigTranslationRef, useWords } from './cubemigTranslationRef';
export type { Words } from './cubemigTranslationRef';
