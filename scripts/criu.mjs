import { runLab } from './lab.mjs';
import { tryTool } from './tools.mjs';

function runTask(task) {
  return tryTool('node', [
    ...['--require', '@backstage/cli/config/nodeTransform.cjs'],
    ...['packages/lab/src/runtime/criu/prepare/main.ts', task],
  ]);
}

/** Gets ready for containers that are real processes. Says in one line whether they can run here; returns it, too. */
export function prepareCriu() {
  return runTask('prepare') === 0;
}

/** `npm run lab:criu`: the lab with real processes; where they cannot run, with emulated ones. */
export async function runCriuLab(args) {
  if (prepareCriu()) process.env.LAB_RUNTIME = 'criu';
  return runLab(args);
}

/** `npm run lab:clean`: removes what a lab that was killed left on the machine. */
export function cleanLab() {
  return runTask('clean');
}
