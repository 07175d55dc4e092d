export { readCursor, unknownCursor, writeCursor } from './cursor';
export { readPage } from './readPage';
