export { Fold } from './Fold';
export { saveFile } from './saveFile';
export { TextBlock } from './TextBlock';
