import { existsSync, readdirSync, utimesSync } from 'node:fs';
import { basename } from 'node:path';
import { courierPaths } from '@cubemig/plugin-cubemig-common';
import { archive, podUid, TestNode } from '../__testUtils__/TestNode';

// A courier takes a second to start where the machine has other work to do.
let node: TestNode;

beforeEach(async () => {
  node = await TestNode.start();
});

afterEach(() => node.stop());

const folder = courierPaths.checkpoints;
const anHourAgo = Date.now() - 3600_000;

const mark = (change: object = {}, name = 'm1-counter') =>
  node.place(
    `${folder}/.cubemig-${name}.json`,
    JSON.stringify({
      version: 1,
      migration: 'm1',
      namespace: 'default',
      pod: 'counter',
      podUid,
      container: 'counter',
      askedAt: anHourAgo,
      doneBy: anHourAgo + 120_000,
      archive: basename(node.archivePath('counter')),
      isHeld: false,
      ...change,
    }),
  );

function placeArchive(path = node.archivePath('counter')) {
  node.place(path, archive);
  const seconds = (anHourAgo + 5000) / 1000;
  utimesSync(node.locate(path), seconds, seconds);
}

async function sweep(olderThanSeconds = 600) {
  const courier = node.runCourier({
    version: 1,
    task: 'sweep',
    migration: 'sweep-1',
    olderThanSeconds,
  });
  const { exitCode, result } = await courier.end();
  expect(exitCode).toBe(0);
  expect(result.records).toEqual({
    count: courier.records.length,
    isCut: false,
  });
  return courier.records;
}

describe('sweep', () => {
  it('removes what a courier that was killed has left', async () => {
    node.registry.intercept = ({ method }) => {
      if (method === 'PATCH') node.courier?.kill('SIGKILL');
      return undefined;
    };
    await node
      .runCourier()
      .end()
      .catch(() => undefined);
    expect(node.leftovers()).toContain('.cubemig-m1-counter.json');
    expect(existsSync(node.locate(node.archivePath('counter')))).toBe(true);
    // As if it had been an hour ago.
    mark();
    await expect(sweep()).resolves.toMatchObject([
      {
        type: 'swept',
        name: basename(node.archivePath('counter')),
        bytes: archive.length,
        migration: 'm1',
        container: 'counter',
      },
    ]);
    expect(readdirSync(node.locate(folder))).toEqual(['other.tar']);
  });

  it('finds what the kubelet wrote after the courier had died', async () => {
    mark({ archive: undefined });
    placeArchive();
    await expect(sweep()).resolves.toHaveLength(1);
    expect(readdirSync(node.locate(folder))).toEqual(['other.tar']);
  });

  it.each([
    ['held', { isHeld: true }],
    ['young', { askedAt: Date.now() }],
    ['at work still', { doneBy: Date.now() + 60_000 }],
    ['of another pod of this name', { archive: undefined, podUid: 'other' }],
    ['of another time', { archive: undefined, doneBy: anHourAgo + 1000 }],
    ['of no checkpoint', { archive: 'other.tar' }],
    ['elsewhere', { archive: '../pki/checkpoint-a.tar' }],
  ])('leaves an archive whose note is %s', async (_, change) => {
    mark(change);
    placeArchive();
    await expect(sweep()).resolves.toEqual([]);
    expect(existsSync(node.locate(node.archivePath('counter')))).toBe(true);
    expect(readdirSync(node.locate(folder))).toContain('other.tar');
  });

  it('leaves archives of which one may be of somebody else', async () => {
    mark({ archive: undefined });
    placeArchive();
    placeArchive(node.archivePath('counter').replace('26Z', '27Z'));
    await expect(sweep()).resolves.toEqual([]);
  });

  it('leaves archives without a note', async () => {
    placeArchive();
    node.place(`${folder}/.cubemig-broken.json`, '{');
    await expect(sweep()).resolves.toEqual([]);
    expect(existsSync(node.locate(node.archivePath('counter')))).toBe(true);
  });
});
