export { createInvestigation } from './createInvestigation';
