export { Forensics } from './Forensics';
export { SeverityChip } from './findings';
