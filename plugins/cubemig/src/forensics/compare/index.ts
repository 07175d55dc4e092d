export { CompareCheckpoint } from './CompareCheckpoint';
