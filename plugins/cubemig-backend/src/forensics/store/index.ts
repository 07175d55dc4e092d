export { DatabaseForensicsStore } from './DatabaseForensicsStore';
export type {
  DueReport,
  ExpectedReport,
  ForensicsStore,
  ReportSource,
} from './ForensicsStore';
