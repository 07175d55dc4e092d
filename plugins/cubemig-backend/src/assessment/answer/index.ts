export { checkCitations } from './checkCitations';
export { toMarkdown } from './toMarkdown';
