export { ReportCollector } from './ReportCollector';
export { watchCheckpoints } from './watchCheckpoints';
