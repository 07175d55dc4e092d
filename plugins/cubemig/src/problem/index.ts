export { LoadProblem } from './LoadProblem';
export { Notice } from './Notice';
export { ProblemNote } from './ProblemNote';
export { RefusalNote } from './RefusalNote';
export { readRefusal } from './readRefusal';
export type { Refusal } from './readRefusal';
export { unlessDenied } from './unlessDenied';
