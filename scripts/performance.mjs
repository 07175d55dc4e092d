import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { CoreV1Api, KubeConfig } from '@kubernetes/client-node';
import { buildApp, startBackstage } from './backstage.mjs';
import { prepareCriu } from './criu.mjs';
import { startLab } from './lab.mjs';
import { stopAll, waitUntil } from './processes.mjs';
import { drawBars } from './drawBars.mjs';
import { root } from './root.mjs';
import { steps } from './steps.mjs';
import { runTool } from './tools.mjs';

const sizes = [1, 64, 256, 1024];
const runs = 3;

/** `npm run performance`: migrates real processes of several sizes and writes what it took into docs/performance.md. */
export async function performance() {
  if (!prepareCriu()) return 1;
  buildApp();
  const stateDir = join(root, '.cubemig/performance');
  try {
    const lab = await startLab({
      stateDir: join(stateDir, 'lab'),
      portBase: 18440,
      subnet: 81,
      runtime: 'criu',
    });
    const { backendUrl } = await startBackstage(lab, {
      isDev: false,
      backendPort: 18007,
      stateDir: join(stateDir, 'backstage'),
    });
    const rows = [];
    for (const size of sizes) {
      const migrations = [];
      for (let run = 1; run <= runs; run += 1) {
        const pod = `heap-${size}-${run}`;
        await startHeap(lab, pod, size);
        migrations.push(await migrate(backendUrl, pod));
        console.log(
          `${size} MB, run ${run}: ${seconds(total(migrations.at(-1)))}`,
        );
        await removePod(lab, 'cluster2', pod);
      }
      rows.push(summarize(size, migrations));
    }
    writePage(rows);
    return 0;
  } finally {
    await stopAll();
  }
}

function coreApi(lab, cluster) {
  const config = new KubeConfig();
  config.loadFromFile(lab.kubeconfig);
  config.setCurrentContext(cluster);
  return config.makeApiClient(CoreV1Api);
}

/** A bare pod with a heap of `size` MiB, a third of it noise. Waits until it has filled it. */
async function startHeap(lab, name, size) {
  const core = coreApi(lab, 'cluster1');
  await core.createNamespacedPod({
    namespace: 'demo',
    body: {
      metadata: { name },
      spec: {
        terminationGracePeriodSeconds: 1,
        containers: [
          {
            name: 'heap',
            image: 'registry.lab/demo/python-heap:1',
            // hashing a gigabyte every second would compete with what is measured
            env: [
              { name: 'HEAP_MB', value: String(size) },
              { name: 'BEAT_INTERVAL_MS', value: '3600000' },
            ],
          },
        ],
      },
    },
  });
  await waitUntil(`the heap of ${name}`, async () => {
    const log = await core.readNamespacedPodLog({ namespace: 'demo', name });
    return log.includes('beat 0');
  });
}

async function removePod(lab, cluster, name) {
  const core = coreApi(lab, cluster);
  await core.deleteNamespacedPod({ namespace: 'demo', name });
  await waitUntil(`${name} to be gone`, async () => {
    const { items } = await core.listNamespacedPod({ namespace: 'demo' });
    return items.every(({ metadata }) => metadata.name !== name);
  });
}

async function migrate(backendUrl, pod) {
  const signIn = await fetch(`${backendUrl}/api/auth/guest/refresh`, {
    headers: { 'X-Requested-With': 'XMLHttpRequest' },
  });
  const { backstageIdentity } = await signIn.json();
  const ask = async (path, init = {}) => {
    const response = await fetch(`${backendUrl}/api/cubemig${path}`, {
      ...init,
      headers: {
        Authorization: `Bearer ${backstageIdentity.token}`,
        'Content-Type': 'application/json',
      },
    });
    if (!response.ok) throw new Error(await response.text());
    return response.json();
  };
  let migration = await ask('/migrations', {
    method: 'POST',
    body: JSON.stringify({
      sourceCluster: 'cluster1',
      targetCluster: 'cluster2',
      namespace: 'demo',
      pod,
    }),
  });
  await waitUntil(`the migration of ${pod}`, async () => {
    migration = await ask(`/migrations/${migration.id}`);
    return ['completed', 'failed'].includes(migration.status);
  });
  if (migration.failure) throw new Error(migration.failure.message);
  return migration;
}

function duration({ startedAt, finishedAt }) {
  return (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
}

function total(migration) {
  return duration(migration);
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function summarize(size, migrations) {
  const medianOf = read => median(migrations.map(read));
  return {
    size,
    steps: steps.map(name =>
      medianOf(m => duration(m.steps.find(step => step.name === name))),
    ),
    total: medianOf(total),
    frozen: medianOf(m => m.checkpoints[0].frozenMicros / 1e6),
    megabytes: medianOf(m => m.checkpoints[0].archiveBytes / 2 ** 20),
  };
}

function seconds(value) {
  return `${value.toFixed(value < 10 ? 2 : 1)} s`;
}

function writePage(rows) {
  mkdirSync(join(root, 'docs/images'), { recursive: true });
  writeFileSync(
    join(root, 'docs/images/performance.svg'),
    drawBars(
      steps,
      rows.map(row => ({
        title: `${row.size} MB`,
        values: row.steps,
        label: seconds(row.total),
      })),
    ),
  );
  const head = ['Memory', ...steps, 'total', 'frozen', 'archive'];
  const table = [
    head,
    head.map((_, index) => (index === 0 ? '---' : '--:')),
    ...rows.map(row => [
      `${row.size} MB`,
      ...row.steps.map(seconds),
      `**${seconds(row.total)}**`,
      seconds(row.frozen),
      `${row.megabytes.toFixed(0)} MiB`,
    ]),
  ];
  const [{ model }] = cpus();
  const machine = `${cpus().length} cores (${model}), ${Math.round(
    totalmem() / 2 ** 30,
  )} GiB, Node ${process.versions.node}`;
  const template = readFileSync(join(root, 'scripts/performance.md'), 'utf8');
  writeFileSync(
    join(root, 'docs/performance.md'),
    template
      .replace(
        '{{table}}',
        table.map(cells => `| ${cells.join(' | ')} |`).join('\n'),
      )
      .replace('{{machine}}', machine)
      .replace('{{runs}}', String(runs))
      .replace('{{date}}', new Date().toISOString().slice(0, 10)),
  );
  runTool('prettier', ['--write', 'docs/performance.md'], { isQuiet: true });
}
