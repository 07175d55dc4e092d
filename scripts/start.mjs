import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { alertsUrl, startBackstage } from './backstage.mjs';
import { startLab } from './lab.mjs';
import { requireFreePort } from './ports.mjs';
import { stopAll, untilInterrupted } from './processes.mjs';
import { root } from './root.mjs';

/** `npm start`: the lab and Backstage, until Ctrl-C. */
export async function start(args) {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '3000' },
      'backend-port': { type: 'string', default: '7007' },
      'lab-ports': { type: 'string', default: '16440' },
      'lab-subnet': { type: 'string', default: '41' },
    },
  });
  const port = Number(values.port);
  const backendPort = Number(values['backend-port']);
  const labPorts = Number(values['lab-ports']);

  const interrupted = untilInterrupted().then(() =>
    console.log('Stopping ...'),
  );
  try {
    await requireFreePort(port, '--port');
    await requireFreePort(backendPort, '--backend-port');
    for (const offset of [0, 1, 2, 3])
      await requireFreePort(labPorts + offset, '--lab-ports');

    console.log('Starting the lab: two Kubernetes clusters and a registry ...');
    const lab = await startLab({
      portBase: labPorts,
      subnet: Number(values['lab-subnet']),
      alertsUrl: alertsUrl(backendPort),
    });
    console.log('Starting Backstage ...');
    const backstage = startBackstage(lab, {
      port,
      backendPort,
      stateDir: join(root, '.cubemig/backstage'),
    });
    const early = await Promise.race([backstage, interrupted]);
    if (!early) return;

    console.log(`
CubeMig runs at ${early.appUrl}

  Sign in with "Enter" (guest). The first page leads you on: move a pod, which counts on where it was;
  attack another, and see what is done about it (docs/first-run.md).

  The clusters by kubectl:  export KUBECONFIG=${lab.kubeconfig}
                            kubectl --context cluster2 -n demo logs -f deployment/counter

Ctrl-C stops everything.
`);
    await Promise.race([interrupted, early.handle.ended]);
    if (early.handle.hasEnded) {
      throw new Error(`Backstage ended: see ${early.handle.logFile}`);
    }
  } finally {
    await stopAll();
  }
}
