import { ProblemError } from '../../../failures';

/** The source's workload cannot let that very pod go, and was not changed. */
export class CannotReleaseError extends ProblemError {}
