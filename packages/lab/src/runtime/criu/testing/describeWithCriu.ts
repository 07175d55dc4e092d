import { criuRoot } from '../prepare/criuRoot';
import { isRootBuilt } from '../prepare/buildRoot';
import { findObstacle } from '../prepare/findObstacle';

/** Why the tests with real processes do not run on this machine; undefined where they do. */
export function whyNotHere(): string | undefined {
  const obstacle = findObstacle();
  if (obstacle) {
    return obstacle;
  }
  return isRootBuilt(criuRoot())
    ? undefined
    : "'npm run lab:criu' has not prepared it";
}

/** Like `describe`; where real processes cannot run it says so, on the standard error stream and in the suite's name. */
export function describeWithCriu(name: string, tests: () => void): void {
  const reason = whyNotHere();
  if (reason) {
    process.stderr.write(`NOT RUN: ${name} with real processes: ${reason}\n`);
    describe.skip(`${name} (not run here: ${reason})`, tests);
  } else {
    describe(name, tests);
  }
}
