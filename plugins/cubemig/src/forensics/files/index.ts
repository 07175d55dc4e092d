export { FileChanges } from './FileChanges';
