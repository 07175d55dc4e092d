import { CHECKPOINT_ERRORS, PULL_ERRORS } from '../faults/errorTexts';
import type { Fault } from '../faults/Faults';
import { TestNode, TestNodes } from './testing/TestNodes';
import { ADMIN_TOKEN } from '../testing/startTestCluster';
import { waitUntil } from '../testing/waitUntil';

const IMAGE = 'registry.lab/demo/counter:1';

describe("faults of a cluster's nodes", () => {
  let all: TestNodes;
  let node: TestNode;
  let pod: string;

  beforeAll(async () => {
    all = await TestNodes.start(161);
    [node] = all.nodes;
    pod = node.run({ image: IMAGE });
    await node.untilPhase(pod, 'Running');
  });

  afterEach(() => all.faults.clearAll());
  afterAll(() => all.close());

  const set = (fault: Omit<Fault, 'cluster'>) =>
    all.faults.set({ cluster: 'cluster1', ...fault });
  const checkpoint = (query = '') =>
    node.call('POST', `/checkpoint/default/${pod}/main${query}`, ADMIN_TOKEN);
  const readyOf = () =>
    node.cluster.store
      .get('Node', undefined, 'cluster1-a')!
      .status.conditions.find((c: any) => c.type === 'Ready').status;

  it.each(Object.entries(CHECKPOINT_ERRORS))(
    'checkpoint-fails: %s',
    async (cause, text) => {
      set({ fault: 'checkpoint-fails', cause, times: 1 });
      expect(await checkpoint()).toEqual([
        500,
        `checkpointing of default/${pod}/main failed (rpc error: code = Unknown desc = ${text})`,
      ]);
      expect(all.faults.list()).toEqual([]);
    },
  );

  it('checkpoint-hangs no longer than its container runs', async () => {
    const doomed = node.run({ image: IMAGE });
    await node.untilPhase(doomed, 'Running');
    set({ fault: 'checkpoint-hangs' });
    const waiting = node.call(
      'POST',
      `/checkpoint/default/${doomed}/main`,
      ADMIN_TOKEN,
    );
    node.cluster.store.delete('Pod', 'default', doomed);
    expect((await waiting)[0]).toBe(500);
    await waitUntil('the pod is gone', () => !node.find(doomed));
  });

  it('node-full', async () => {
    set({ fault: 'node-full' });
    const object = () =>
      node.cluster.store.get('Node', undefined, 'cluster1-a')!;
    expect(object().spec.taints).toEqual([
      { key: 'node.kubernetes.io/disk-pressure', effect: 'NoSchedule' },
    ]);
    expect((await checkpoint())[1]).toContain('no space left on device');
    all.faults.clearAll();
    expect(object().spec.taints).toBeUndefined();
  });

  it('checkpoint-hangs until it is off, or as long as the caller waits', async () => {
    set({ fault: 'checkpoint-hangs' });
    const [status, body] = await checkpoint('?timeout=1');
    expect([status, body]).toEqual([
      500,
      expect.stringContaining('context deadline exceeded'),
    ]);
    const waiting = checkpoint();
    setImmediate(() => all.faults.clearAll());
    expect((await waiting)[0]).toBe(200);
  });

  it('checkpoint-restarts-source', async () => {
    const before = node.containerOf(pod);
    set({ fault: 'checkpoint-restarts-source', times: 1 });
    expect((await checkpoint())[0]).toBe(200);
    await waitUntil(
      'it runs again',
      () =>
        node.containerOf(pod).restartCount === before.restartCount + 1 &&
        node.containerOf(pod).state.running,
    );
    expect(node.containerOf(pod).containerID).not.toBe(before.containerID);
  });

  it.each(Object.entries(PULL_ERRORS))(
    'pull-fails: %s',
    async (cause, text) => {
      set({ fault: 'pull-fails', cause });
      const waiting = node.run({ image: IMAGE, imagePullPolicy: 'Always' });
      expect(await node.untilEvent(waiting, text)).toContain(
        'Failed to pull image',
      );
      all.faults.clearAll();
      await node.untilPhase(waiting, 'Running');
    },
  );

  it('pull-slow', async () => {
    set({ fault: 'pull-slow', seconds: 0.3 });
    const slow = node.run({ image: IMAGE, imagePullPolicy: 'Always' });
    await node.untilPhase(slow, 'Running');
    const [, seconds] = /in ([\d.]+)(?:ms|s) /.exec(
      await node.untilEvent(slow, 'Successfully pulled'),
    )!;
    expect(Number(seconds)).toBeGreaterThan(299);
  });

  it('kubelet-unreachable', async () => {
    set({ fault: 'kubelet-unreachable' });
    await expect(checkpoint()).rejects.toThrow();
    expect(readyOf()).toBe('True');
    all.faults.clearAll();
    expect((await checkpoint())[0]).toBe(200);
  });

  it('node-not-ready', async () => {
    set({ fault: 'node-not-ready', node: 'cluster1-a' });
    expect(readyOf()).toBe('Unknown');
    const waiting = node.run({ image: IMAGE });
    await node.untilEvent(waiting, 'untolerated taint');
    all.faults.clearAll();
    expect(readyOf()).toBe('True');
    await node.untilPhase(waiting, 'Running');
  });

  it('node-killed: its containers die unnoticed, and start anew with it', async () => {
    const { restartCount, containerID } = node.containerOf(pod);
    set({ fault: 'node-killed' });
    await waitUntil(
      'it has died',
      () =>
        node.runtime.container(containerID.replace('cri-o://', ''))?.phase !==
        'running',
    );
    expect(node.containerOf(pod)).toMatchObject({ restartCount, containerID });
    expect(readyOf()).toBe('Unknown');
    await expect(checkpoint()).rejects.toThrow();
    all.faults.clearAll();
    await waitUntil(
      'it runs again',
      () => node.containerOf(pod).restartCount === restartCount + 1,
    );
    expect(readyOf()).toBe('True');
  });

  it('clock-skew', async () => {
    set({ fault: 'clock-skew', seconds: 7200 });
    const ahead = node.run({ image: IMAGE });
    await node.untilPhase(ahead, 'Running');
    const { startedAt } = node.containerOf(ahead).state.running;
    expect(Date.parse(startedAt) - Date.now()).toBeGreaterThan(7_000_000);
  });

  it('log-cut', async () => {
    set({ fault: 'log-cut', bytes: 10 });
    const talking = node.run({ image: IMAGE });
    await waitUntil(
      'it has said enough',
      () => node.linesOf(talking).length > 2,
    );
    const log = node.call(
      'GET',
      `/containerLogs/default/${talking}/main?follow=true`,
      ADMIN_TOKEN,
    );
    await expect(log).rejects.toThrow();
  });

  it('strikes the cluster that it is for', async () => {
    all.faults.set({ cluster: 'cluster2', fault: 'checkpoint-fails' });
    expect((await checkpoint())[0]).toBe(200);
  });
});
