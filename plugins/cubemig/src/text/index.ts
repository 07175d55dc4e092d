export { Fold } from './Fold';
export { saveFile } from './saveFile';
export { Marked } from './Marked';
export { TextBlock } from './TextBlock';
