import { isRootBuilt } from '../prepare/buildRoot';
import { criuRoot } from '../prepare/criuRoot';
import { findObstacle } from '../prepare/findObstacle';

/** Why tests with real processes do not run on this machine; undefined where they do. */
const obstacle =
  findObstacle() ??
  (isRootBuilt(criuRoot())
    ? undefined
    : "'npm run lab:criu' did not prepare it");

if (obstacle) {
  process.stderr.write(`NOT RUN with real processes: ${obstacle}\n`);
}

// CRIU refuses a process that is in the kernel at that moment ("Unseizable ... state D"), on real nodes too: whoever asked asks again.
jest.retryTimes(2, { logErrorsBeforeRetry: true });

/** Like `describe`; where real processes cannot run, says so on the standard error stream and leaves the tests out. */
export const describeWithCriu: jest.Describe = obstacle
  ? describe.skip
  : describe;
