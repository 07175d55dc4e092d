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

/** Like `describe`; where real processes cannot run, says so on the standard error stream and leaves the tests out. */
export const describeWithCriu: jest.Describe = obstacle
  ? describe.skip
  : describe;
