export { answerFormat, describeFormat } from './answerFormat';
export { buildPrompt } from './buildPrompt';
export type { Prompt } from './buildPrompt';
