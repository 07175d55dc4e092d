import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  startProcess,
  stopAll,
  untilInterrupted,
  waitUntil,
} from './processes.mjs';
import { root } from './root.mjs';
import { runTool } from './tools.mjs';

/**
 * Starts the lab: two clusters and a registry on loopback, with the rights of deploy/ and the workloads of examples/lab.
 * Returns what it says of itself (kubeconfig, endpoints, credentials). The clusters' Falcos post to `alertsUrl`, if there is one.
 */
export async function startLab({
  stateDir = join(root, '.cubemig/lab'),
  portBase = 16440,
  subnet = 41,
  runtime = process.env.LAB_RUNTIME || 'emulated',
  alertsUrl,
} = {}) {
  const courier = join(root, 'packages/courier/dist/courier.cjs');
  runTool('node', ['packages/courier/build.mjs'], { isQuiet: true });

  const infoFile = join(stateDir, 'lab.json');
  rmSync(infoFile, { force: true });
  const handle = startProcess(
    process.execPath,
    [
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      'packages/lab/src/main.ts',
      '--exit-with-parent',
      ...['--state-dir', stateDir],
      ...['--port-base', String(portBase)],
      ...['--subnet', String(subnet)],
      ...['--courier', courier],
      ...(alertsUrl ? ['--alerts-url', alertsUrl] : []),
      ...['--apply', 'deploy/kubernetes'],
      ...['--apply', 'examples/lab/namespaces.yaml'],
      ...['--apply', 'cluster1=examples/lab/workloads.yaml'],
      ...[
        '--apply',
        `cluster1=examples/lab/${
          runtime === 'criu' ? 'real-processes' : 'guided-run'
        }.yaml`,
      ],
    ],
    { env: { LAB_RUNTIME: runtime }, logFile: `${stateDir}.log` },
  );
  await waitUntil('the lab', async () => existsSync(infoFile), {
    handle,
    seconds: 180,
  }).catch(error => {
    const lastWords = readFileSync(handle.logFile, 'utf8').trim().split('\n');
    throw new Error(`${error.message}\n  ${lastWords.slice(-3).join('\n  ')}`);
  });
  return { stateDir, ...JSON.parse(readFileSync(infoFile, 'utf8')) };
}

/** `npm run lab`: the lab alone, until Ctrl-C. */
export async function runLab(args) {
  const { values } = parseArgs({
    args,
    options: {
      'lab-ports': { type: 'string', default: '16440' },
      'lab-subnet': { type: 'string', default: '41' },
      'alerts-url': { type: 'string' },
    },
  });
  try {
    const lab = await startLab({
      alertsUrl: values['alerts-url'],
      portBase: Number(values['lab-ports']),
      subnet: Number(values['lab-subnet']),
    });
    console.log(`
The lab runs: two clusters and a registry on loopback.

  export KUBECONFIG=${lab.kubeconfig}
  kubectl --context cluster1 get pods -A

Ctrl-C stops it.
`);
    await untilInterrupted();
  } finally {
    await stopAll();
  }
}
