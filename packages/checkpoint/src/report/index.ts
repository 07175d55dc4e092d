export { Checkpoint } from './Checkpoint';
export {
  formatBufferSize,
  formatBytes,
  formatMicroseconds,
} from './formatBytes';
export { readReport } from './readReport';
export type { ReportOptions, ReportSections } from './readReport';
