import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestNode, TestNodes } from '../testing/TestNodes';
import { ADMIN_TOKEN } from '../../testing/startTestCluster';
import { waitUntil } from '../../testing/waitUntil';

const COUNTER = 'registry.lab/demo/counter:1';

/** A courier in so far as its surroundings go: tells what it finds in them. */
const COURIER = `
const { readFileSync, writeFileSync } = require('node:fs');
const root = process.env.COURIER_ROOT;
const mount = root + '/var/run/secrets/kubernetes.io/serviceaccount/';
console.log(readFileSync(mount + 'namespace', 'utf8'), process.env.NODE_IP);
writeFileSync(root + '/checkpoints/seen', readFileSync(mount + 'token'));
writeFileSync(root + '/dev/termination-log', readFileSync(mount + 'ca.crt', 'utf8').slice(0, 27));
`;

describe('pod', () => {
  let all: TestNodes;
  let node: TestNode;

  beforeAll(async () => {
    all = await TestNodes.start(141, COURIER);
    [node] = all.nodes;
  });

  afterAll(() => all.close());

  it('of a courier: runs with its mounts and leaves its last word', async () => {
    const pod = node.run(
      {
        image: 'registry.lab/cubemig/courier:1',
        env: [
          {
            name: 'NODE_IP',
            valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } },
          },
        ],
        volumeMounts: [{ name: 'checkpoints', mountPath: '/checkpoints' }],
      },
      {
        restartPolicy: 'Never',
        volumes: [
          {
            name: 'checkpoints',
            hostPath: {
              path: '/var/lib/kubelet/checkpoints',
              type: 'DirectoryOrCreate',
            },
          },
        ],
      },
    );
    await node.untilPhase(pod, 'Succeeded');

    expect(node.linesOf(pod)).toEqual(['default 127.141.0.11']);
    expect(node.containerOf(pod).state.terminated).toMatchObject({
      exitCode: 0,
      reason: 'Completed',
      message: '-----BEGIN CERTIFICATE-----',
    });
    const token = readFileSync(
      join(node.root, 'var/lib/kubelet/checkpoints/seen'),
      'utf8',
    );
    expect(node.cluster.access.authenticate(token)?.username).toBe(
      'system:serviceaccount:default:default',
    );
  });

  it('whose command does not exist still has its image pulled', async () => {
    const pod = node.run(
      { image: 'registry.lab/demo/kv:1', command: ['/nonexistent'] },
      { restartPolicy: 'Never' },
    );

    await node.untilEvent(
      pod,
      'Error: container create failed: executable file `/nonexistent` not found: No such file or directory',
    );

    expect(node.eventsOf(pod)).toContainEqual(
      expect.stringMatching(
        /^Normal Pulled Successfully pulled image "registry.lab\/demo\/kv:1" in .+ including waiting\)\. Image size: \d+ bytes\.$/,
      ),
    );
    const { images } = node.cluster.store.get(
      'Node',
      undefined,
      'cluster1-a',
    )!.status;
    expect(images.flatMap(({ names }: any) => names)).toContain(
      'registry.lab/demo/kv:1',
    );
  });

  it('waits for an image that is not there, in the words of CRI-O', async () => {
    const pod = node.run({ image: 'registry.lab/demo/none:1' });
    const cause =
      'reading manifest 1 in registry.lab/demo/none: manifest unknown';

    await node.untilEvent(
      pod,
      `Warning Failed Failed to pull image "registry.lab/demo/none:1": unable to pull image or OCI artifact: pull image err: initializing source docker://registry.lab/demo/none:1: ${cause}; artifact err: image reference: get manifest from ref: create image source: ${cause}`,
    );
    await waitUntil(
      'it backs off',
      () => node.containerOf(pod).state.waiting?.reason === 'ImagePullBackOff',
    );
    expect(node.eventsOf(pod)).toContain(
      'Normal BackOff Back-off pulling image "registry.lab/demo/none:1"',
    );
  });

  it('is restarted with CrashLoopBackOff, and shows its previous log', async () => {
    const pod = node.run({ image: COUNTER, command: ['sleep', 'x'] });
    await waitUntil(
      'it was restarted twice',
      () => node.containerOf(pod).restartCount >= 2,
    );
    await waitUntil(
      'it waits',
      () => node.containerOf(pod).state.waiting?.reason === 'CrashLoopBackOff',
    );

    const { uid } = node.find(pod)!.metadata;
    expect(node.containerOf(pod).state.waiting.message).toBe(
      `back-off 0.1s restarting failed container=main pod=${pod}_default(${uid})`,
    );
    expect(
      await node.call(
        'GET',
        `/containerLogs/default/${pod}/main?previous=true`,
        ADMIN_TOKEN,
      ),
    ).toEqual([200, "sleep: invalid time interval 'x'\n"]);
  });

  it('does not start while a Secret is missing, and does once it is there', async () => {
    const pod = node.run(
      { image: COUNTER },
      { volumes: [{ name: 'login', secret: { secretName: 'login' } }] },
    );
    await node.untilEvent(
      pod,
      'Warning FailedMount MountVolume.SetUp failed for volume "login" : secret "login" not found',
    );

    node.cluster.store.create({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'login', namespace: 'default' },
      data: {},
    });

    expect(await node.untilPhase(pod, 'Running')).toBe(true);
  });

  it('is ready only when its probe says so', async () => {
    const readinessProbe = { tcpSocket: { port: 6379 }, periodSeconds: 0.05 };
    const ready = node.run({ image: 'registry.lab/demo/kv:1', readinessProbe });
    const deaf = node.run({ image: COUNTER, readinessProbe });

    await waitUntil('it is ready', () => node.containerOf(ready).ready);
    await node.untilEvent(
      deaf,
      'Warning Unhealthy Readiness probe failed: dial tcp',
    );
    expect(node.statusOf(deaf).conditions).toContainEqual(
      expect.objectContaining({
        type: 'ContainersReady',
        status: 'False',
        message: 'containers with unready status: [main]',
      }),
    );
  });

  it('is restarted when its liveness probe fails', async () => {
    const livenessProbe = {
      tcpSocket: { port: 1 },
      periodSeconds: 0.05,
      failureThreshold: 2,
    };
    const pod = node.run({ image: COUNTER, livenessProbe });

    await node.untilEvent(
      pod,
      'Normal Killing Container main failed liveness probe, will be restarted',
    );
    await waitUntil(
      'it was restarted',
      () => node.containerOf(pod).restartCount > 0,
    );
    expect(node.containerOf(pod).lastState.terminated.exitCode).toBe(143);
  });

  it('keeps what must not leave the folder that is its root inside', async () => {
    const pod = node.run(
      { image: COUNTER },
      { volumes: [{ name: 'out', hostPath: { path: '/../../../escaped' } }] },
    );
    await node.untilPhase(pod, 'Running');

    expect(existsSync(join(node.root, 'escaped'))).toBe(true);
  });

  it('leaves nothing behind when it is deleted', async () => {
    const pod = node.run({ image: COUNTER });
    await node.untilPhase(pod, 'Running');
    const folder = join(
      node.root,
      'var/lib/kubelet/pods',
      node.find(pod)!.metadata.uid,
    );
    expect(existsSync(folder)).toBe(true);

    node.cluster.store.delete('Pod', 'default', pod);

    await waitUntil('it is gone', () => !node.find(pod));
    await node.untilEvent(pod, 'Normal Killing Stopping container main');
    await waitUntil('its folder is gone', () => !existsSync(folder));
  });

  it.each(['Scheduled', 'Pulled', 'Created', 'Started'])(
    'goes, too, when it is deleted in the moment in which it is %s',
    async reason => {
      const { store } = node.cluster;
      const pod = node.run({ image: COUNTER });
      const stop = store.subscribe('Event', ({ object }) => {
        if (
          object.involvedObject.name === pod &&
          object.reason === reason &&
          !node.find(pod)?.metadata.deletionTimestamp
        ) {
          store.delete('Pod', 'default', pod);
        }
      });

      await waitUntil('it is gone', () => !node.find(pod));
      stop();
      expect(node.find(pod)).toBeUndefined();
    },
  );
});
