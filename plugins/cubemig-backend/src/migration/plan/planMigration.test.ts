import { NotFoundError } from '@backstage/errors';
import { planSchema } from '@cubemig/plugin-cubemig-common';
import { KubePod } from '../../clusters';
import { ProblemError } from '../../failures';
import {
  node,
  readConfig,
  samplePod,
  startClusters,
} from '../__testUtils__/samplePlan';

function changed(change: (pod: KubePod) => void) {
  const pod = samplePod();
  change(pod);
  return pod;
}

describe('planMigration', () => {
  it('says in order what a move will do, and what is taken back', async () => {
    const { plan, blockers } = await (await startClusters()).plan();
    expect(blockers).toEqual([]);
    expect(
      plan.actions.map(({ verb, kind, cluster, isUndone }) =>
        [verb, kind, cluster, isUndone ? 'undone' : ''].join(' ').trim(),
      ),
    ).toEqual([
      'create Pod c2 undone',
      'pull Image c2',
      'create Job c1 undone',
      'checkpoint Pod c1',
      'push Image',
      'push Image',
      'create Pod c2 undone',
      'change Pod c2 undone',
      'delete Pod c1',
    ]);
    expect(plan.nodes).toEqual([
      { name: node.metadata!.name, fits: true, reasons: [] },
    ]);
    expect(planSchema.parse(plan)).toEqual(plan);
  });

  it.each<[string, (pod: KubePod) => void]>([
    ['pod-terminating', pod => (pod.metadata!.deletionTimestamp = 'now')],
    ['pod-not-running', pod => (pod.status!.phase = 'Pending')],
    ['pod-not-ready', pod => (pod.status!.conditions = [])],
    ['host-namespaces', pod => (pod.spec!.hostNetwork = true)],
    [
      'owner-unsupported',
      pod =>
        (pod.metadata!.ownerReferences = [
          {
            apiVersion: 'apps/v1',
            kind: 'DaemonSet',
            name: 'd',
            uid: 'u',
            controller: true,
          },
        ]),
    ],
    ['no-node-fits', pod => (pod.spec!.nodeSelector = { disk: 'fast' })],
    [
      'no-node-fits',
      pod =>
        (pod.spec!.containers[0].resources = { requests: { memory: '900Ti' } }),
    ],
    [
      'image-not-pullable',
      pod => (pod.spec!.containers[0].image = 'localhost/counter:1'),
    ],
    ['references-missing', pod => (pod.spec!.priorityClassName = 'gold')],
    ['references-missing', pod => (pod.spec!.runtimeClassName = 'sandbox')],
    [
      'service-account-missing',
      pod => (pod.spec!.serviceAccountName = 'special'),
    ],
    [
      'references-missing',
      pod =>
        pod.spec!.volumes!.push({
          name: 'data',
          persistentVolumeClaim: { claimName: 'data' },
        }),
    ],
  ])('refuses with %s', async (code, change) => {
    const { plan } = await startClusters(changed(change));
    expect((await plan()).blockers).toContain(code);
  });

  it('tells nothing of what it would do where it cannot', async () => {
    const { plan } = await startClusters(
      changed(pod => (pod.spec!.hostPID = true)),
    );
    expect((await plan()).plan.actions).toEqual([]);
  });

  it.each<[string, (pod: KubePod) => void]>([
    [
      'init-containers-run-again',
      pod => (pod.spec!.initContainers = [{ name: 'migrate-database' }]),
    ],
    [
      'containers-start-anew',
      pod =>
        (pod.spec!.initContainers = [
          { name: 'proxy', restartPolicy: 'Always' },
        ]),
    ],
    [
      'connections-close',
      pod => (pod.spec!.containers[0].ports = [{ containerPort: 80 }]),
    ],
    [
      'image-without-digest',
      pod => (pod.status!.containerStatuses![0].imageID = 'sha256:12'),
    ],
    [
      'host-ports',
      pod =>
        (pod.spec!.containers[0].ports = [{ containerPort: 80, hostPort: 80 }]),
    ],
    [
      'liveness-probes',
      pod => (pod.spec!.containers[0].livenessProbe = { periodSeconds: 1 }),
    ],
  ])('warns of %s', async (code, change) => {
    const { plan } = await startClusters(changed(change));
    const { blockers, warnings } = await plan();
    expect(blockers).toEqual([]);
    expect(warnings).toContain(code);
  });

  it('knows a protected namespace, a rival and a cluster without the courier', async () => {
    const { plan, source } = await startClusters();
    const config = readConfig({ protectedNamespaces: ['demo'] });
    await source.delete('ServiceAccount', {
      namespace: 'cubemig',
      name: 'cubemig-courier',
    });
    expect((await plan({}, { config, rival: 'm' })).blockers).toEqual([
      'namespace-protected',
      'courier-not-installed',
      'migration-under-way',
    ]);
  });

  it('asks less of evidence than of a move', async () => {
    const { plan } = await startClusters(
      changed(pod => {
        pod.spec!.hostNetwork = true;
        pod.status!.conditions = [];
      }),
    );
    const found = await plan({ mode: 'checkpoint', contain: 'isolate' });
    expect(found.blockers).toEqual([]);
    expect(found.warnings).toEqual([
      'pod-not-ready',
      'containment-stays',
      'isolation-host-network',
    ]);
    expect(found.plan.target).toBeUndefined();
    expect(found.plan.actions.map(({ kind }) => kind)).toEqual([
      'Job',
      'Pod',
      'Image',
      'Image',
      'NetworkPolicy',
      'Pod',
    ]);
  });

  it.each<[string, object]>([
    ['is privileged', { privileged: true }],
    ['may do what baseline forbids', { capabilities: { add: ['SYS_ADMIN'] } }],
    ['says so in another way', { capabilities: { add: ['CAP_NET_RAW'] } }],
  ])('puts nobody into quarantine who %s', async (_what, securityContext) => {
    const { plan } = await startClusters(
      changed(pod => {
        pod.spec!.containers[0].securityContext = securityContext;
      }),
    );
    const copy = { mode: 'copy' as const };
    expect((await plan(copy)).blockers).toEqual([]);
    expect((await plan({ ...copy, quarantine: true })).blockers).toEqual([
      'quarantine-powerful',
    ]);
  });

  it('puts others into quarantine', async () => {
    const { plan } = await startClusters(
      changed(pod => {
        pod.spec!.containers[0].securityContext = {
          capabilities: {
            add: ['NET_BIND_SERVICE', 'CAP_CHOWN'],
            drop: ['ALL'],
          },
        };
      }),
    );
    const found = await plan({ mode: 'copy', quarantine: true });
    expect(found.blockers).toEqual([]);
  });

  it('says why a cluster cannot be used, or is not known', async () => {
    const { plan, clusters } = await startClusters();
    const problem = {
      code: 'cluster-needs-user-token',
      message: 'm',
      remedy: 'r',
    };
    const { getClient } = clusters;
    clusters.getClient = async name => {
      if (name === 'c2') throw new ProblemError(problem);
      return getClient(name);
    };
    expect((await plan()).blockers).toEqual(['cluster-needs-user-token']);
    clusters.getClient = async () => {
      throw new NotFoundError('Backstage knows no cluster');
    };
    expect((await plan()).blockers).toEqual([
      'cluster-unknown',
      'cluster-unknown',
    ]);
  });

  it('restores from what is stored, or says that nothing is', async () => {
    const { plan } = await startClusters();
    const request = { mode: 'restore' as const, checkpointsOf: 'm' };
    expect((await plan(request)).blockers).toEqual(['checkpoints-unknown']);
    const image = `r:5000/cubemig/x@sha256:${'a'.repeat(64)}`;
    const stored = {
      pod: samplePod(),
      node,
      checkpoints: [
        { container: 'counter', image, archiveBytes: 1, layerBytes: 1 },
      ],
    };
    const found = await plan({ ...request, quarantine: true }, { stored });
    expect(found.blockers).toEqual([]);
    expect(found.plan.target?.pod).toBe('counter-restored');
    const pod = found.plan.actions.at(-1)!;
    expect(pod.manifest).toContain(image);
    expect(pod.manifest).not.toContain('secretName');
  });
});
