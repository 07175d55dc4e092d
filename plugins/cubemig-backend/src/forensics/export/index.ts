export { packEvidence } from './packEvidence';
export type { Evidence } from './packEvidence';
