// What `npm start`, `npm test` and the other npm scripts run: makes sure that everything is installed, then does the job.
import { install } from './install.mjs';

const jobs = {
  start: () => import('./start.mjs').then(m => m.start),
  test: () => import('./test.mjs').then(m => m.test),
  lab: () => import('./lab.mjs').then(m => m.runLab),
  'lab:criu': () => import('./criu.mjs').then(m => m.runCriuLab),
  'lab:clean': () => import('./criu.mjs').then(m => m.cleanLab),
  check: () => import('./check.mjs').then(m => m.check),
  bench: () => import('./bench.mjs').then(m => m.bench),
  reliability: () => import('./reliability.mjs').then(m => m.reliability),
  performance: () => import('./performance.mjs').then(m => m.performance),
  screenshots: () => import('./screenshots.mjs').then(m => m.screenshots),
  yarn: () => import('./tools.mjs').then(m => args => m.tryTool('yarn', args)),
};

const [name, ...args] = process.argv.slice(2);
try {
  if (!jobs[name]) {
    throw new Error(
      `unknown job "${name ?? ''}": choose one of ${Object.keys(jobs).join(
        ', ',
      )}`,
    );
  }
  await install();
  const job = await jobs[name]();
  process.exitCode = (await job(args)) ?? 0;
} catch (error) {
  console.error(`cubemig: ${error.message}`);
  process.exitCode = 1;
}
