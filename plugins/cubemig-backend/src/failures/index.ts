export { explainFailure } from './explainFailure';
export { FieldError } from './FieldError';
export { SECRET_MISSING } from './signatures';
export { ProblemError } from './ProblemError';
