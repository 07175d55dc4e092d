import { expect, test } from '@playwright/test';
import { ClusterProbe } from './clusters';
import { migrateByApi } from './migrations';
import { withStore } from './store';

const cluster1 = new ClusterProbe('cluster1');
const cluster2 = new ClusterProbe('cluster2');

/** Moves an app's only pod; returns its log's lines as they were before, and where the pod is then. */
async function move(app: string) {
  const { metadata } = await cluster1.onlyPod(app);
  const name = metadata!.name!;
  const before = await cluster1.log(name);
  await migrateByApi(name);
  expect(await cluster1.pods(app)).toEqual([]);
  const restored = await cluster2.onlyPod(app);
  expect(restored.metadata?.name).toBe(name);
  return { name, before, address: restored.status!.podIP! };
}

test('@criu 256 MB of a Python heap arrive byte for byte', async () => {
  const { name, before } = await move('python-heap');
  const beats = (lines: string[]) =>
    lines.map(line => /^beat (\d+) heap ([0-9a-f]{64})$/.exec(line)!);

  const last = Number(beats(before).at(-1)![1]);
  await expect
    .poll(async () => Number(beats(await cluster2.log(name)).at(-1)![1]))
    .toBeGreaterThan(last + 3);
  const all = beats(await cluster2.log(name));
  expect(all.map(([, beat]) => Number(beat))).toEqual(all.map((_, i) => i));
  expect(new Set(all.map(([, , hash]) => hash)).size).toBe(1);
});

test('@criu every process of a tree goes on', async () => {
  const { name, before } = await move('process-tree');
  const countsOf = (lines: string[], child: number) =>
    lines
      .filter(line => line.startsWith(`child ${child} `))
      .map(line => Number(line.split(' ')[3]));

  for (const child of [1, 2, 3]) {
    const last = countsOf(before, child).at(-1)!;
    await expect
      .poll(async () => countsOf(await cluster2.log(name), child).at(-1))
      .toBeGreaterThan(last + 3);
    const counts = countsOf(await cluster2.log(name), child);
    expect(counts).toEqual(counts.map((_, i) => i));
  }
});

test("@criu Debian's redis-server keeps 100,000 keys", async () => {
  const keys = Array.from({ length: 100_000 }, (_, i) => `key:${i}`);
  const valueOf = (key: string) => `value of ${key}`;
  const source = await cluster1.onlyPod('redis');
  await withStore(source.status!.podIP!, async store => {
    await store.mSet(keys.flatMap(key => [key, valueOf(key)]));
  });

  const { address } = await move('redis');

  await withStore(address, async store => {
    expect(await store.dbSize()).toBe(keys.length);
    expect(await store.mGet(keys)).toEqual(keys.map(valueOf));
    await store.set('after', 'the move');
    expect(await store.get('after')).toBe('the move');
  });
});

test('@criu nginx serves at its new address', async () => {
  const { address } = await move('nginx');
  const response = await fetch(`http://${address}/`);
  expect(await response.text()).toContain('served by nginx');
});
