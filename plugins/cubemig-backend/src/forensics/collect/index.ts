export { ReportCollector } from './ReportCollector';
