export { readDumpLog } from './readDumpLog';
