import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { KubePod } from '../clusters';
import { isPodReady } from '../pods';
import { useLab } from './__testUtils__/useLab';

const namespace = 'demo';
const source = { cluster: 'cluster1' };
const target = { cluster: 'cluster2' };

/** What CubeMig calls each text of the lab's tables. */
const CODES = {
  'checkpoint-fails': {
    'criu-failed': 'checkpoint-failed',
    unimplemented: 'runtime-too-old',
    'not-available': 'checkpoint-support-off',
    'criu-missing': 'criu-missing',
    'criu-old': 'criu-missing',
    'not-running': 'container-not-running',
    paused: 'checkpoint-in-progress',
    'tcp-established': 'source-lacks-tcp-close',
    'in-flight': 'source-lacks-skip-in-flight',
    'unix-stream': 'external-unix-socket',
    'unix-external': 'external-unix-socket',
    'ghost-file': 'deleted-file-too-large',
    'root-mount': 'second-checkpoint-unsupported',
    'no-space': 'disk-full',
  },
  // Before the restores: what was pulled once is not pulled again.
  'pull-fails': {
    unauthorized: 'image-unauthorized',
    'not-found': 'image-not-found',
    unreachable: 'registry-unreachable',
    'no-key': 'decryption-key-missing',
    'no-space': 'disk-full',
  },
  'restore-fails': {
    'criu-failed': 'restore-failed',
    'tcp-connected': 'target-lacks-tcp-close',
    'address-taken': 'address-in-use',
    'mounts-missing': 'mounts-missing',
    'mount-source-missing': 'mount-source-missing',
    'containerd-archive': 'runtimes-differ',
    'crio-archive': 'runtimes-differ',
    'base-image-refused': 'base-image-unauthorized',
    'file-size': 'file-differs',
    'file-mode': 'file-differs',
    'file-build': 'file-differs',
    'cpu-features': 'cpu-differs',
    architecture: 'architecture-differs',
    lsm: 'lsm-differs',
    'criu-version': 'criu-versions-differ',
    'image-damaged': 'criu-versions-differ',
    incomplete: 'checkpoint-incomplete',
    'process-gone': 'exited-after-restore',
  },
};

/** Of the other faults, those that end a migration when a limit is reached, and how. */
const LATE = [
  [
    { ...target, fault: 'pull-slow', seconds: 600 },
    'timeout',
    { migration: { timeouts: { prePullSeconds: 2 } } },
  ],
  [
    { ...source, fault: 'checkpoint-hangs' },
    'checkpoint-timeout',
    { courier: { timeoutSeconds: 2 } },
  ],
  [
    { ...source, fault: 'kubelet-unreachable' },
    'kubelet-unreachable',
    { courier: { timeoutSeconds: 2 } },
  ],
] as const;

/** Those that end it at once. */
const FATAL = [
  [{ ...source, fault: 'node-full' }, 'disk-full'],
  [{ ...target, fault: 'node-full' }, 'no-node-fits'],
  [{ ...target, fault: 'node-not-ready' }, 'no-node-fits'],
  [{ ...target, fault: 'node-killed' }, 'no-node-fits'],
  [{ ...target, fault: 'api-unreachable' }, 'cluster-unreachable'],
  [{ fault: 'registry-full' }, 'disk-full'],
  [{ fault: 'registry-unauthorized' }, 'image-unauthorized'],
  [{ fault: 'registry-fails' }, 'registry-unavailable'],
] as const;

/** And those that a migration outlives. */
const SURVIVED = [
  { ...source, fault: 'checkpoint-restarts-source' },
  { ...source, fault: 'watch-dropped' },
  { ...target, fault: 'watch-expired' },
  { ...source, fault: 'log-cut' },
  { ...source, fault: 'clock-skew' },
  { ...target, fault: 'clock-skew', seconds: -3600 },
  { ...target, fault: 'node-not-ready', node: 'cluster2-node1' },
  { ...target, fault: 'kubelet-unreachable' },
  { ...target, fault: 'pull-slow', seconds: 1 },
  { fault: 'registry-slow', seconds: 1, times: 3 },
  { fault: 'registry-fails', times: 1 },
  { fault: 'registry-cuts', times: 1 },
];

/** Why a migration failed, and that it says what to do. */
const endOf = (code: string) => ({
  status: 'failed',
  failure: { code, remedy: expect.stringMatching(/./) },
});

/** Whatever goes wrong, a migration ends well, or as if it had never been; with no more rights than deploy/ grants. */
describe('in the lab', () => {
  const used = useLab(
    { portBase: 21_490, subnet: 221, manifests: [] },
    { migration: { settleSeconds: 0, timeouts: { outageSeconds: 5 } } },
  );
  let steady: KubePod;
  let stored: string;

  beforeAll(async () => {
    steady = await startPod('steady');
    const taken = await used.migrations.run({
      mode: 'checkpoint',
      pod: 'steady',
    });
    stored = taken.id;
  });

  async function startPod(name: string): Promise<KubePod> {
    const admin = used.lab.admin('cluster1');
    await admin.create('Pod', {
      metadata: { name, namespace },
      spec: {
        terminationGracePeriodSeconds: 1,
        containers: [{ name: 'counter', image: 'registry.lab/demo/counter:1' }],
      },
    });
    await used.lab.awaitPod('cluster1', name);
    return (await admin.get('Pod', { namespace, name }))!;
  }

  async function expectUntouched() {
    await used.lab.mend();
    const pod = await used.lab
      .admin('cluster1')
      .get('Pod', { namespace, name: 'steady' });
    expect(isPodReady(pod!)).toBe(true);
    expect(pod!.metadata!.uid).toBe(steady.metadata!.uid);
    expect(pod!.status!.containerStatuses).toMatchObject([{ restartCount: 0 }]);
    const living = async (cluster: string, space: string) =>
      (await used.lab.admin(cluster).list('Pod', { namespace: space }))
        .filter(({ metadata }) => !metadata?.deletionTimestamp)
        .map(({ metadata }) => metadata?.name);
    expect(await living('cluster2', namespace)).toEqual([]);
    expect(
      await used.lab.admin('cluster1').list('Job', { namespace: 'cubemig' }),
    ).toEqual([]);
  }

  /** Runs a migration while something is wrong; nothing may be left of it. */
  async function moveInVain(migrations: typeof used.migrations, fault: object) {
    await used.lab.fault(fault);
    const ended = await migrations.run({
      pod: 'steady',
      targetCluster: 'cluster2',
    });
    await expectUntouched();
    return ended;
  }

  // First: an image that is there cannot be slow to come.
  it.each(LATE)(
    'is ended by %j in time, and undone',
    async (fault, code, limits) => {
      const hasty = await used.start(limits);
      expect(await moveInVain(hasty, fault)).toMatchObject(endOf(code));
    },
  );

  it.each(FATAL)('is ended by %j, and undone', async (fault, code) => {
    const ended = await moveInVain(used.migrations, fault);
    expect(ended).toMatchObject(endOf(code));
  });

  const told = Object.entries(CODES).flatMap(([fault, codes]) =>
    Object.entries(codes).map(([cause, code]) => ({ fault, cause, code })),
  );

  it.each(told)(
    'explains $fault, $cause: $code',
    async ({ fault, cause, code }) => {
      const isTaken = fault === 'checkpoint-fails';
      await used.lab.fault({
        ...(isTaken ? source : target),
        fault,
        cause,
      });
      const ended = await used.migrations.run(
        isTaken
          ? { mode: 'checkpoint', pod: 'steady' }
          : {
              mode: 'restore',
              pod: 'steady',
              targetCluster: 'cluster2',
              checkpointsOf: stored,
            },
      );
      expect(ended).toMatchObject(endOf(code));
      await expectUntouched();
    },
  );

  /** Moves a pod although something is wrong. */
  async function moveAnyway(
    fault: object,
    disturb: () => Promise<void> = async () => {},
  ) {
    const name = `mover-${randomUUID().slice(0, 8)}`;
    await startPod(name);
    await used.lab.fault(fault);
    const running = used.migrations.run({
      pod: name,
      targetCluster: 'cluster2',
    });
    await disturb();
    const ended = await running;
    if (ended.failure) return ended;
    await used.lab.mend();
    await used.lab.awaitGone('cluster1', name);
    const admin = used.lab.admin('cluster2');
    const moved = (await admin.get('Pod', { namespace, name }))!;
    expect(isPodReady(moved)).toBe(true);
    await admin.delete('Pod', { namespace, name });
    await used.lab.awaitGone('cluster2', name);
    return ended;
  }

  it.each(SURVIVED)('outlives %j', async fault => {
    expect(await moveAnyway(fault)).toMatchObject({ status: 'completed' });
  });

  it('outlives an API server that is away while a pod starts', async () => {
    const slow = { ...target, fault: 'pull-slow', seconds: 5 };
    const moving = moveAnyway(slow, async () => {
      const { awaitNewest, store } = used.migrations;
      await awaitNewest(async ({ id, status }) => {
        const made = await store.listObjects(id);
        return (
          status === 'running' &&
          made.some(({ step, uid }) => step === 'restore' && uid)
        );
      });
      await used.lab.fault({ ...target, fault: 'api-unreachable' });
      // Longer than the pause between two attempts to reach it.
      await delay(1_000);
      await used.lab.mend();
    });
    expect(await moving).toMatchObject({ status: 'completed' });
  });

  it('leaves out nothing that can go wrong in the lab', async () => {
    const named = async (fault: object) => {
      const refusal = await used.lab.fault(fault).catch(String);
      return /one of ([a-z0-9, -]+)/.exec(String(refusal))![1].split(', ');
    };
    const tried = [...LATE, ...FATAL].map(([fault]) => fault);
    expect(
      new Set([
        ...Object.keys(CODES),
        ...[...tried, ...SURVIVED].map(({ fault }) => fault),
      ]),
    ).toEqual(new Set(await named({ fault: 'unheard-of' })));
    for (const [fault, codes] of Object.entries(CODES)) {
      expect(Object.keys(codes)).toEqual(
        await named({ ...source, fault, cause: 'unheard-of' }),
      );
    }
  });
});
