export { ProblemNote } from './ProblemNote';
export { readRefusal } from './readRefusal';
export type { Refusal } from './readRefusal';
