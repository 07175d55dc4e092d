import {
  aCompletedMigration,
  aDecision,
  aFailedMigration,
  aMigration,
  anAlert,
  anAlertDetail,
  anAttack,
  Answer,
  aPlan,
  aPod,
  aReportSummary,
  aRule,
  aStoredReport,
  aSummary,
  cluster1,
  cluster2,
  secondsAgo,
  unreachableCluster,
} from '../src/__testUtils__';

const figures = {
  dumps: [
    {
      container: 'counter',
      freezingMicros: 1200,
      frozenMicros: 96_400,
      memoryDumpMicros: 41_000,
      memoryWriteMicros: 22_000,
    },
  ],
  checkpointMs: 340,
  imageMs: 120,
  pushMs: 410,
  pullMs: 900,
  readyMs: 1100,
  totalMs: 4200,
  downtimeMs: 2300,
  archiveBytes: 3_410_000,
  layerBytes: 1_130_000,
  pushRate: 2_750_000,
};

const migrations = [
  aMigration({
    id: 'q1',
    queuePosition: 1,
    waitsFor: 'cluster1-node1 is busy',
  }),
  aCompletedMigration({ id: 'm1', figures }),
  aFailedMigration({ id: 'm2' }),
  ...Array.from({ length: 40 }, (_, i) =>
    aCompletedMigration(
      { id: `p${i}`, figures: { ...figures, totalMs: 3000 + 100 * i } },
      { ago: 4000 * (i + 1) },
    ),
  ),
];

const alerts = Array.from({ length: 25 }, (_, i) =>
  anAlert({
    id: `a${i + 1}`,
    priority: (['Critical', 'Warning', 'Notice'] as const)[i % 3],
    lastAt: secondsAgo(60 * (i + 1)),
    occurrences: 1 + i * i,
    ...(i % 4 === 1 && {
      decision: {
        id: 'd1',
        action: 'migrate',
        verdict: 'ask' as const,
        status: 'awaiting-approval' as const,
      },
    }),
  }),
);

const node = {
  ready: true,
  schedulable: true,
  architecture: 'amd64',
  kernelVersion: '6.1.0',
  kubeletVersion: 'v1.36.2',
  containerRuntimeVersion: 'cri-o://1.37.0',
};

/** Answers what CubeMig's own pages ask, whatever the scenario. Undefined for all else. */
export const answerPages: Answer = ({ path, query, method }) => {
  const [, room, id, part, name] = path.split('/');
  if (path === '/migrations/plan') return aPlan();
  if (path === '/alerts') return { items: alerts, total: 312, nextCursor: 'x' };
  if (path === '/alerts/summary') return aSummary();
  if (room === 'alerts' && part === 'occurrences')
    return { items: [], total: 0 };
  if (room === 'alerts') return anAlertDetail();
  if (room === 'decisions') return { items: [aDecision()], total: 1 };
  if (path === '/response/switch') return { isOn: true };
  if (path === '/response/rules') {
    return {
      items: [
        aRule(),
        aRule({
          id: 'r2',
          name: 'Keep evidence of anything grave',
          action: 'checkpoint',
          mode: 'dry-run',
          target: undefined,
        }),
      ],
    };
  }
  if (path === '/response/rules/export') return { config: [] };
  if (path === '/response/falco-rules') {
    return {
      items: [
        { name: anAlert().rule, priority: 'Notice', mitre: 'T1059' },
        {
          name: 'Terminal shell in container',
          priority: 'Notice',
          mitre: 'T1059',
        },
      ],
    };
  }
  if (path === '/simulations') return { items: [] };
  if (path === '/simulations/attacks') return { items: [anAttack] };
  if (path === '/simulations/pods') return { items: [aPod()] };
  if (path === '/findings') return { items: [], total: 0 };
  if (path === '/clusters') {
    return { items: [cluster1, cluster2, unreachableCluster] };
  }
  if (part === 'nodes') {
    return {
      items: [1, 2].map(n => ({
        ...node,
        cluster: id,
        name: `${id}-node${n}`,
        ready: n === 1,
      })),
    };
  }
  if (part === 'namespaces' && name) {
    return {
      items: Array.from({ length: 120 }, (_, n) =>
        aPod({ cluster: id, name: `counter-${n}`, uid: `${id}/${n}` }),
      ),
    };
  }
  if (part === 'namespaces') return { items: [{ cluster: id, name: 'demo' }] };
  if (path === '/migrations' && !query.get('entityRef') && method === 'GET') {
    const status = query.get('status')?.split(',');
    return {
      items: migrations.filter(m => !status || status.includes(m.status)),
      total: 412,
      nextCursor: 'x',
    };
  }
  if (part === 'courier-events') return { items: [] };
  if (part === 'manifests') return { source: 'kind: Pod\n' };
  if (part === 'reports') {
    return name ? aStoredReport() : { items: [aReportSummary()] };
  }
  if (part === 'assessments') return { items: [] };
  if (path === '/assessment') {
    return {
      problem: {
        code: 'no-key',
        message: 'No language model is configured.',
        remedy: 'Set cubemig.assessment in the app’s config.',
      },
    };
  }
  return part ? undefined : migrations.find(m => m.id === id);
};
