import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DumpSnapshot,
  OpenFile,
  PAGE_SIZE,
  ProcessSnapshot,
} from './DumpSnapshot';
import { decodeImage } from './imageCodec';
import { imageTypes } from './imageTypes';
import { readDump } from './readDump';
import { writeDump } from './writeDump';

const page = (fill: number) => Buffer.alloc(PAGE_SIZE, fill);

const output: OpenFile = { kind: 'pipe', pipeId: 139524, flags: 1 };
const listener: OpenFile = {
  kind: 'inet',
  inode: 0x25511,
  state: 'listen',
  sourceAddress: '0.0.0.0',
  sourcePort: 6379,
  destinationAddress: '0.0.0.0',
  destinationPort: 0,
  backlog: 511,
};
const connection: OpenFile = {
  ...listener,
  inode: 0x30604,
  state: 'established',
  sourceAddress: '10.78.1.16',
  destinationAddress: '10.77.0.1',
  destinationPort: 47236,
};

function processOf(
  pid: number,
  descriptors: ProcessSnapshot['descriptors'],
): ProcessSnapshot {
  return {
    pid,
    parentPid: pid === 1 ? 0 : 1,
    groupId: 1,
    sessionId: 1,
    command: 'counter',
    executable: { path: '/bin/counter', size: 30 },
    workingDirectory: '/',
    umask: 0o22,
    uid: 0,
    gid: 0,
    marks: {
      startCode: 0x401000,
      endCode: 0x402000,
      startData: 0x5f5000,
      endData: 0x5f6000,
      startStack: 0x7ffe25f84000,
      startBrk: 0x950f000,
      brk: 0x9511000,
      argStart: 0x7ffe25f85000,
      argEnd: 0x7ffe25f85008,
      envStart: 0x7ffe25f85008,
      envEnd: 0x7ffe25f85010,
    },
    areas: [
      {
        start: 0x401000,
        end: 0x402000,
        protection: 5,
        kind: 'file',
        fileOffset: PAGE_SIZE,
      },
      { start: 0x5f5000, end: 0x5f6000, protection: 3, kind: 'anonymous' },
      { start: 0x950f000, end: 0x9511000, protection: 3, kind: 'heap' },
      {
        start: 0x7fb6de9e9000,
        end: 0x7fb6de9ef000,
        protection: 1,
        kind: 'vvar',
      },
      {
        start: 0x7fb6de9ef000,
        end: 0x7fb6de9f1000,
        protection: 5,
        kind: 'vdso',
      },
      {
        start: 0x7ffe25f65000,
        end: 0x7ffe25f86000,
        protection: 3,
        kind: 'stack',
      },
    ],
    pages: [
      [0x401000, page(1)],
      [0x950f000, page(2)],
      [0x9510000, page(3)],
      [0x7ffe25f85000, page(4)],
    ],
    descriptors,
  };
}

const snapshot: DumpSnapshot = {
  processes: [
    processOf(
      1,
      new Map<number, OpenFile>([
        [1, output],
        [6, listener],
        [7, connection],
      ]),
    ),
    processOf(1544, new Map([[1, output]])),
  ],
  hostname: 'counter',
  mounts: [
    {
      mountpoint: '/data',
      root: '/x',
      source: '/dev/vda',
      options: '',
      type: 'bind',
    },
    {
      mountpoint: '/',
      root: '/',
      source: 'overlay',
      options: '',
      type: 'overlay',
    },
  ],
  cgroupPath: '/kubepods/besteffort/pod1/crio-1',
  tmpfs: new Map(),
};

describe('writeDump', () => {
  let directory: string;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'dump-'));
    await writeDump(directory, snapshot);
  });

  afterAll(() => rmSync(directory, { recursive: true }));

  it('is read back as it was, with shared files shared', async () => {
    const processes = await readDump(directory);

    expect(processes).toEqual(snapshot.processes);
    expect(processes[0].descriptors.get(1)).toBe(
      processes[1].descriptors.get(1),
    );
  });

  /** The paths of all fields that an image holds, `tc.rlimits.rlimits[].cur` for example. */
  function fieldsOf(value: unknown, path = ''): string[] {
    if (Array.isArray(value)) {
      return value.flatMap(item => fieldsOf(item, `${path}[]`));
    }
    if (value && typeof value === 'object' && !ArrayBuffer.isView(value)) {
      return Object.entries(value).flatMap(([key, item]) =>
        fieldsOf(item, path ? `${path}.${key}` : key),
      );
    }
    return [path];
  }

  it.each([
    ['inventory', 'inventory', 'inventory'],
    ['pstree', 'pstree', 'pstree'],
    ['core', 'core-1', 'core-1'],
    ['ids', 'ids-1', 'ids-1'],
    ['mm', 'mm-1', 'mm-1'],
    ['pagemap', 'pagemap-1', 'pagemap-1'],
    ['fs', 'fs-1', 'fs-1'],
    ['fdinfo', 'fdinfo-2', 'fdinfo-2'],
    ['mountpoints', 'mountpoints-13', 'mountpoints-13'],
    ['cgroup', 'cgroup', 'cgroup'],
    ['netns', 'netns-10', 'netns-10'],
    ['utsns', 'utsns-12', 'utsns-12'],
    ['ipcnsVar', 'ipcns-var-11', 'ipcns-var-11'],
    ['timens', 'timens-0', 'timens-0'],
  ] as const)('has the fields of a real %s image', (name, own, real) => {
    const type = imageTypes[name];
    const fields = (image: Buffer) =>
      [
        ...new Set(decodeImage(type, image).flatMap(entry => fieldsOf(entry))),
      ].sort();

    const written = fields(readFileSync(join(directory, `${own}.img`)));
    const recorded = fields(
      readFileSync(join(__dirname, '__fixtures__/a-counter', `${real}.img`)),
    );

    expect(written).toEqual(recorded);
  });

  it('has the fields of real sockets, connected ones with their stream', () => {
    const socketFields = (image: Buffer) =>
      decodeImage(imageTypes.files, image)
        .filter(({ isk }) => isk?.state === 1)
        .flatMap(({ isk }) => fieldsOf(isk))
        .filter(field => field !== 'v6only')
        .sort();
    const recorded = readFileSync(
      join(__dirname, '__fixtures__/d-python/files.img'),
    );

    expect(socketFields(readFileSync(join(directory, 'files.img')))).toEqual(
      socketFields(recorded),
    );
    expect(
      decodeImage(
        imageTypes.tcpStream,
        readFileSync(join(directory, 'tcp-stream-30604.img')),
      ),
    ).toHaveLength(1);
  });

  it('names the layout that tools look for', () => {
    const [head, ...runs] = decodeImage(
      imageTypes.pagemap,
      readFileSync(join(directory, 'pagemap-1.img')),
    );

    expect(head).toEqual({ pages_id: 1 });
    expect(runs).toEqual([
      { vaddr: 0x401000, compat_nr_pages: 0, flags: 4, nr_pages: 1 },
      { vaddr: 0x950f000, compat_nr_pages: 0, flags: 6, nr_pages: 2 },
      { vaddr: 0x7ffe25f85000, compat_nr_pages: 0, flags: 6, nr_pages: 1 },
    ]);
  });

  it('refuses pages that are not all there', async () => {
    const broken = mkdtempSync(join(tmpdir(), 'dump-'));
    await writeDump(broken, {
      ...snapshot,
      processes: [
        { ...snapshot.processes[0], pages: [[0x401000, Buffer.alloc(1)]] },
      ],
    });

    await expect(readDump(broken)).rejects.toThrow('pages-1.img is truncated');
    rmSync(broken, { recursive: true });
  });
});
