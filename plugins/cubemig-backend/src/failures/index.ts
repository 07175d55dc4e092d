export { explainFailure } from './explainFailure';
export { ProblemError } from './ProblemError';
