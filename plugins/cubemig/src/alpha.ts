export { cubemigTranslationRef } from './translation';
