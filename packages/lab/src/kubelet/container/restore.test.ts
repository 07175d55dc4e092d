import { readArchived } from '../testing/readArchived';
import { TestNode, TestNodes } from '../testing/TestNodes';
import { waitUntil } from '../../testing/waitUntil';

const COUNTER = 'registry.lab/demo/counter:1';
const base = {
  volumes: [
    { name: 'base', image: { reference: COUNTER, pullPolicy: 'IfNotPresent' } },
  ],
};

describe('restore of a container', () => {
  let all: TestNodes;
  let source: TestNode;
  let target: TestNode;
  /** A checkpoint of a counter of the source, on this machine. */
  let archive: string;
  /** How far it had counted. */
  let counted: number;

  beforeAll(async () => {
    all = await TestNodes.start(121);
    [source, target] = all.nodes;
    const pod = source.run({
      image: COUNTER,
      env: [{ name: 'COUNTER_INTERVAL_MS', value: '40' }],
    });
    await waitUntil('it has counted', () => source.linesOf(pod).length > 3);
    archive = await source.checkpoint(pod);
    const log = await readArchived(archive, 'io.kubernetes.cri-o.LogPath');
    counted = log.trim().split('\n').length;
    source.cluster.store.delete('Pod', 'default', pod);
  });

  afterAll(() => all.close());

  const restore = (image: string, spec: object = {}) =>
    target.run({ image }, { restartPolicy: 'Never', ...spec });

  it('needs the base image on the node', async () => {
    const config = JSON.parse(await readArchived(archive, 'config.dump'));
    const id = config.rootfsImageRef;
    const pod = restore(await all.push('no-base', archive));

    await target.untilEvent(
      pod,
      `Warning Failed Error: reading image "${id}": locating image with ID "${id}": image not known`,
    );

    expect(target.containerOf(pod)).toMatchObject({
      state: { waiting: { reason: 'CreateContainerError' } },
      imageID: '',
      restartCount: 0,
    });
    expect(target.statusOf(pod).phase).toBe('Pending');
  });

  it('carries what was changed and what was removed', async () => {
    const run = async (node: TestNode, pod: string, script: string) => {
      const said: string[] = [];
      const id = node.containerOf(pod).containerID.split('//')[1];
      await node.runtime.executeCommand(id, ['sh', '-c', script], {
        output: bytes => said.push(String(bytes)),
        error: bytes => said.push(String(bytes)),
      });
      return said.join('');
    };
    const pod = source.run({ image: COUNTER });
    await waitUntil('it counts', () => source.linesOf(pod).length > 0);
    await run(source, pod, 'rm /etc/os-release; echo mine > /etc/passwd');
    const changed = await source.checkpoint(pod);
    expect(JSON.parse(await readArchived(changed, 'deleted.files'))).toEqual([
      '/etc/os-release',
    ]);
    const copy = restore(await all.push('changed', changed), base);
    await target.untilPhase(copy, 'Running');
    expect(await run(target, copy, 'ls /etc; cat /etc/passwd')).toBe(
      'hosts\npasswd\nshadow\nmine\n',
    );
  });

  it('goes on from the checkpoint, its log too, and shows the base image', async () => {
    const pod = restore(await all.push('good', archive), base);
    await target.untilPhase(pod, 'Running');
    await waitUntil(
      'it counts on',
      () => target.linesOf(pod).length > counted + 2,
    );

    const lines = target.linesOf(pod);
    expect(lines).toEqual(lines.map((_, index) => `count ${index}`));
    expect(target.containerOf(pod)).toMatchObject({
      image: COUNTER,
      imageID: expect.stringMatching(/^registry\.lab\/demo\/counter@sha256:/),
      containerID: expect.stringMatching(/^cri-o:\/\/[0-9a-f]{64}$/),
      ready: true,
    });
  });

  it('takes a gzip layer too', async () => {
    const pod = restore(
      await all.push('gzip', archive, { isCompressed: true }),
      base,
    );

    expect(await target.untilPhase(pod, 'Running')).toBe(true);
  });

  it('goes back to the checkpoint when it crashes and is restarted', async () => {
    const pod = restore(await all.push('always', archive), {
      ...base,
      restartPolicy: 'Always',
    });
    await waitUntil(
      'it is ahead',
      () => target.linesOf(pod).length > counted + 5,
    );
    const id = target.containerOf(pod).containerID.replace('cri-o://', '');

    await target.runtime.stopContainer(id, 0);

    await waitUntil('it runs again', () => {
      const { restartCount, state } = target.containerOf(pod);
      return restartCount === 1 && state.running;
    });
    await waitUntil('it counts', () => target.linesOf(pod, 1).length > counted);
    expect(target.linesOf(pod, 1)[counted]).toBe(`count ${counted}`);
    expect(target.containerOf(pod).lastState.terminated).toMatchObject({
      reason: 'Error',
    });
  });

  it('is not started again when it crashes and must not be', async () => {
    const pod = restore(await all.push('never', archive), base);
    await waitUntil('it is ahead', () => target.linesOf(pod).length > counted);
    const id = target.containerOf(pod).containerID.replace('cri-o://', '');

    await target.runtime.stopContainer(id, 0);

    await target.untilPhase(pod, 'Failed');
    expect(target.containerOf(pod)).toMatchObject({
      restartCount: 0,
      ready: false,
    });
  });

  it.each([
    ['without the annotation', { annotations: {} }],
    [
      "in docker's format",
      { mediaType: 'application/vnd.docker.distribution.manifest.v2+json' },
    ],
  ])('is not tried with an image %s', async (name, image) => {
    const pod = restore(
      await all.push(name.replace(/\W+/g, '-'), archive, image),
      base,
    );

    expect(await target.untilEvent(pod, 'no command')).toBe(
      'Warning Failed Error: no command specified',
    );
  });

  it('needs the mounts of the dump', async () => {
    const data = { name: 'data', emptyDir: {} };
    const volumeMounts = [{ name: 'data', mountPath: '/data' }];
    const mounted = source.run(
      { image: COUNTER, volumeMounts },
      { volumes: [data] },
    );
    await source.untilPhase(mounted, 'Running');
    const image = await all.push('mounts', await source.checkpoint(mounted));

    const without = restore(image, base);
    const withMount = target.run(
      { image, volumeMounts },
      { volumes: [...base.volumes, data] },
    );

    expect(
      await target.untilEvent(without, 'expects following bind mounts defined'),
    ).toMatch(
      /^Warning Failed Error: restoring "[0-9a-f]{64}" expects following bind mounts defined \(\/data\)$/,
    );
    await target.untilPhase(withMount, 'Running');
  });

  it('fails while the fault is switched on', async () => {
    all.faults.set({ cluster: 'cluster2', fault: 'restore-fails' });
    const pod = restore(await all.push('fault', archive), base);

    await target.untilEvent(
      pod,
      'Warning Failed Error: failed to restore container main: container restore failed: CRIU restoring failed -52.  Please check CRIU logfile',
    );
    expect(target.containerOf(pod).state.waiting.reason).toBe(
      'RunContainerError',
    );

    all.faults.clear('restore-fails', { cluster: 'cluster2' });
    await target.untilPhase(pod, 'Running');
  });
});
