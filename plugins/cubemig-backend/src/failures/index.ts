export { explainFailure } from './explainFailure';
export { FieldError } from './FieldError';
export { ProblemError } from './ProblemError';
