export { FindingList } from './FindingList';
export { SeverityChip } from './SeverityChip';
export { techniqueUrl } from './techniqueUrl';
