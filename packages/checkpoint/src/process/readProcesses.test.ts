import { Checkpoint, examine, readReport } from '..';
import {
  makeCore,
  makeImage,
  makePstree,
  openChanged,
  unpackFixture,
  workedMs,
} from '../__testUtils__';

const MM_MAGIC = 0x57492820;
const IDS_MAGIC = 0x54432030;
const PAGEMAP_MAGIC = 0x56084025;
const FDINFO_MAGIC = 0x56213732;
const ZOMBIE = 6;

describe('processes', () => {
  it('shows zombies, and their children, which checkpointctl leaves out', async () => {
    const { process_tree, warnings } = await readReport(
      await openChanged('a-counter', {
        'checkpoint/pstree.img': makePstree([
          [1, 0],
          [2, 1],
          [1544, 2],
        ]),
        'checkpoint/core-2.img': makeCore(ZOMBIE, 'defunct'),
      }),
    );
    expect(process_tree?.children).toEqual([
      {
        pid: 2,
        command: 'defunct',
        task_state: 'Zombie',
        children: [expect.objectContaining({ pid: 1544, command: 'sleep' })],
      },
    ]);
    expect(warnings).toEqual([]);
  });

  it('survives processes that are their own ancestors', async () => {
    const { process_tree, warnings } = await readReport(
      await openChanged('a-counter', {
        'checkpoint/pstree.img': makePstree([
          [1, 0],
          [7, 8],
          [8, 7],
          [9, 9],
          [10, 12345],
        ]),
      }),
    );
    expect(process_tree?.children?.map(c => c.pid)).toEqual([7, 9, 10]);
    expect(process_tree?.children?.[0].children?.[0].pid).toBe(8);
    expect(warnings).toContain(
      'process tree: process 7 does not descend from process 1',
    );
  });

  it('survives a tree without a root, or none at all', async () => {
    const rootless = await readReport(
      await openChanged('a-counter', {
        'checkpoint/pstree.img': makePstree([
          [2, 3],
          [3, 2],
        ]),
      }),
    );
    expect(rootless.process_tree).toMatchObject({
      pid: 2,
      children: [{ pid: 3 }],
    });
    const empty = await readReport(
      await openChanged('a-counter', { 'checkpoint/pstree.img': undefined }),
    );
    expect(empty.process_tree).toBeUndefined();
    expect(empty.warnings).toEqual([
      'test.tar: holds no checkpoint/pstree.img',
    ]);
  });

  it('survives a million processes', async () => {
    const processes = Array.from(
      { length: 1_000_000 },
      (_, i): [number, number] => [i + 1, i],
    );
    const archive = await openChanged('a-counter', {
      'checkpoint/pstree.img': makePstree(processes),
    });
    const report = await readReport(archive);
    expect(report.processes).toHaveLength(archive.limits.processes);
    expect(report.warnings).toContain(
      'test.tar: checkpoint/pstree.img: only the first 32768 were read',
    );
    expect(report.warnings.length).toBeLessThanOrEqual(101);
    expect(report.warnings[100]).toMatch(/^and \d+ more warnings$/);
    // Shallow enough for every program that walks over it.
    expect(() => JSON.stringify(report)).not.toThrow();
  });

  it('survives arguments that lie nowhere or everywhere', async () => {
    for (const [start, end] of [
      [0x7fff_0000, 0x1000],
      [0, 2 ** 47],
      [2 ** 63, 2 ** 63 + 2 ** 12],
    ]) {
      const report = await readReport(
        await openChanged('a-counter', {
          'checkpoint/mm-1.img': makeImage(MM_MAGIC, [
            [
              'Mm',
              {
                mmArgStart: start,
                mmArgEnd: end,
                mmEnvStart: start,
                mmEnvEnd: end,
              },
            ],
          ]),
        }),
      );
      expect(report.process_tree?.pid).toBe(1);
    }
  });

  it('survives processes that all have the same endless arguments and files', async () => {
    const pids = Array.from({ length: 2000 }, (_, i) => i + 1);
    const files = Object.fromEntries(
      pids.flatMap(pid => [
        [`checkpoint/core-${pid}.img`, makeCore(1, 'same')],
        [
          `checkpoint/ids-${pid}.img`,
          makeImage(IDS_MAGIC, [['TaskIds', { filesId: 2 }]]),
        ],
        [
          `checkpoint/mm-${pid}.img`,
          makeImage(MM_MAGIC, [['Mm', { mmArgStart: 0, mmArgEnd: 2e6 }]]),
        ],
        [
          `checkpoint/pagemap-${pid}.img`,
          makeImage(PAGEMAP_MAGIC, [
            ['PagemapHead', { pagesId: 1 }],
            ['PagemapEntry', { vaddr: 0, nrPages: 18 }],
          ]),
        ],
      ]),
    );
    const fdinfo = Array.from(
      { length: 1000 },
      (_, fd): [string, Record<string, unknown>] => [
        'Fdinfo',
        { id: 1, type: 1, fd },
      ],
    );
    const archive = await openChanged('a-counter', {
      ...files,
      'checkpoint/pstree.img': makePstree(pids.map(pid => [pid, pid - 1])),
      'checkpoint/fdinfo-2.img': makeImage(FDINFO_MAGIC, fdinfo),
    });
    const started = workedMs();
    const { descriptors, warnings } = await readReport(archive);
    expect(descriptors).toHaveLength(archive.limits.descriptors);
    expect(warnings.join()).toMatch(/process 17: its arguments cannot lie/);
    await examine(new Checkpoint(archive));
    expect(workedMs() - started).toBeLessThan(30_000);
  });

  it.each([
    ['cut', (image: Buffer) => image.subarray(0, image.length - 5)],
    ['of another kind', (image: Buffer) => image.fill(1, 4, 8)],
    ['with a lying length', (image: Buffer) => image.fill(0xff, 8, 12)],
    ['with noise', (image: Buffer) => image.fill(0xff, 12)],
    ['empty', () => Buffer.alloc(0)],
  ])('reports the rest where images are %s', async (_, damage) => {
    const files = await unpackFixture('a-counter');
    const images = [...files.keys()].filter(
      name => /\.img$/.test(name) && !/pages-/.test(name),
    );
    for (const name of images) {
      const content = damage(Buffer.from(files.get(name)!.content as Buffer));
      const archive = await openChanged('a-counter', { [name]: content });
      const report = await readReport(archive);
      expect(report.container_name).toBe('counter');
    }
  });

  it('takes names that are no UTF-8', async () => {
    const report = await readReport(
      await openChanged('a-counter', {
        'checkpoint/core-1.img': makeCore(1, Buffer.from([0xff, 0xfe, 0x41])),
      }),
    );
    expect(report.process_tree?.command).toBe('\ufffd\ufffdA');
  });

  it('reads older images: ids inside the core, files in an image a type', async () => {
    const files = await unpackFixture('a-counter');
    const ids = files.get('checkpoint/ids-1.img')!.content as Buffer;
    const checkpoint = new Checkpoint(
      await openChanged('a-counter', {
        'checkpoint/ids-1.img': undefined,
        'checkpoint/files.img': undefined,
        'checkpoint/core-1.img': makeImage(0x55053847, [
          [
            'Core',
            {
              tc: { taskState: 1, comm: Buffer.from('sh') },
              // The field of ids-1.img that matters, behind 8 bytes of magic and 4 of length.
              ids: { filesId: ids[12 + 3] },
            },
          ],
        ]),
        'checkpoint/reg-files.img': makeImage(0x50363636, [
          ['RegFile', { id: 1, name: Buffer.from('/old/file') }],
        ]),
      }),
    );
    expect(checkpoint.descriptors.filter(d => d.pid === 1)).toHaveLength(3);
    expect(checkpoint.images.files().get(1)?.reg?.name).toEqual(
      Buffer.from('/old/file'),
    );
  });
});
