import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { extract } from 'tar-stream';
import { waitUntil } from '../../testing/waitUntil';
import type { ContainerState } from '../ContainerRuntime';
import { CriuTestNode } from './testing/CriuTestNode';
import { converse } from './testing/converse';
import { describeWithCriu } from './testing/describeWithCriu';

describeWithCriu('CriuRuntime', () => {
  let node: CriuTestNode;

  beforeAll(async () => {
    node = await CriuTestNode.create('10.250.1');
  });

  // Busy containers would slow down those of the next test.
  afterEach(() => node.clear());

  afterAll(() => node?.close());

  it('lets a counter count on in another pod, and its log go on', async () => {
    const source = await node.run('counter', { COUNTER_INTERVAL_MS: '200' });
    await node.lineOf(source.spec, /^count 3$/);
    const copy = await node.copy(source.id, 'counter');
    const counted = node.output(copy.spec);
    await node.lineOf(copy.spec, new RegExp(`^count ${counted.length + 2}$`));
    await node.lineOf(source.spec, new RegExp(`^count ${counted.length + 2}$`));

    const lines = node.output(copy.spec);
    expect(lines).toEqual(lines.map((_, index) => `count ${index}`));
    expect(node.runtime.container(source.id)?.phase).toBe('running');
  });

  it("writes archives with CRI-O's names in CRI-O's order", async () => {
    const source = await node.run('counter');
    await node.lineOf(source.spec, /^count 1$/);
    const { archive } = await node.copy(source.id, 'counter');

    expect(kindsOf(await listNames(createReadStream(archive)))).toEqual(
      kindsOf(namesOfFixture('a-counter')),
    );
  });

  it('moves a copy on: a second generation', async () => {
    const source = await node.run('counter', { COUNTER_INTERVAL_MS: '200' });
    await node.lineOf(source.spec, /^count 2$/);
    const first = await node.copy(source.id, 'counter');
    const second = await node.copy(first.id, 'counter');
    const lines = node.output(second.spec);
    await node.lineOf(second.spec, new RegExp(`^count ${lines.length + 2}$`));
    expect(await readJson(second.archive, 'config.dump')).toMatchObject({
      restored: true,
    });
  });

  it('keeps 256 MB of a heap byte for byte, and open files', async () => {
    const source = await node.run('python-heap', { BEAT_INTERVAL_MS: '100' });
    const before = await node.lineOf(source.spec, /^beat 1 /);
    const copy = await node.copy(source.id, 'python-heap');
    await node.runtime.removeSandbox(source.sandbox.id);
    const beats = node.output(copy.spec).length;
    const after = await node.lineOf(
      copy.spec,
      new RegExp(`^beat ${beats + 1} `),
    );
    expect(after.split(' heap ')[1]).toBe(before.split(' heap ')[1]);
  });

  it('keeps 100,000 keys of a redis-server, at its new address', async () => {
    const source = await node.run('redis');
    await node.lineOf(source.spec, /Ready to accept connections/);
    await converse(source.sandbox.address, 6379, fillCommands(100_000));
    const copy = await node.copy(source.id, 'redis');

    expect(copy.sandbox.address).not.toBe(source.sandbox.address);
    const answers = await converse(copy.sandbox.address, 6379, [
      ['DBSIZE'],
      ['GET', 'key:99999'],
    ]);
    expect(answers).toBe(':100000\r\n$11\r\nvalue-99999\r\n');
    const names = await listNames(createReadStream(copy.archive));
    expect(kindsOf(names)).toEqual(kindsOf(namesOfFixture('b-redis')));
  });

  it('moves redis to another node; the source may end', async () => {
    const target = await CriuTestNode.create('10.250.3', node);
    try {
      const source = await node.run('kv', { KV_PORT: '7000' });
      await node.lineOf(source.spec, /Ready to accept connections/);
      const set = [['SET', 'greeting', 'hello']];
      await converse(source.sandbox.address, 7000, set);
      const copy = await node.copy(source.id, 'kv', target);
      await node.runtime.removeSandbox(source.sandbox.id);

      expect(copy.sandbox.address).toMatch(/^10\.250\.3\./);
      const get = [['GET', 'greeting']];
      expect(await converse(copy.sandbox.address, 7000, get)).toBe(
        '$5\r\nhello\r\n',
      );
    } finally {
      await target.close();
    }
  });

  it('takes all processes of a tree along', async () => {
    const source = await node.run('process-tree', {
      CHILD_INTERVAL_SECONDS: '0.2',
    });
    await node.lineOf(source.spec, /^child 3 count 1$/);
    const copy = await node.copy(source.id, 'process-tree');
    const countsOf = (child: number) =>
      node
        .output(copy.spec)
        .filter(line => line.startsWith(`child ${child} `))
        .map(line => line.split(' ')[3]);
    for (const child of [1, 2, 3]) {
      const next = countsOf(child).length + 1;
      await node.lineOf(
        copy.spec,
        new RegExp(`^child ${child} count ${next}$`),
      );
      const counts = countsOf(child);
      expect(counts).toEqual(counts.map((_, index) => String(index)));
    }
  });

  it('lets nginx serve on', async () => {
    const source = await node.run('nginx');
    await waitUntil('it serves', () =>
      fetch(`http://${source.sandbox.address}/`).catch(() => undefined),
    );
    const copy = await node.copy(source.id, 'nginx');
    const page = await fetch(`http://${copy.sandbox.address}/`);
    expect(await page.text()).toBe('served by nginx of the lab\n');
  });

  it('carries changed files and forgets deleted ones', async () => {
    const { spec } = await node.pod('counter');
    const id = await node.runtime.createContainer({
      ...spec,
      command: ['sh', '-c'],
      args: [
        'rm /etc/os-release; mkdir -p /data/deep; echo one > /data/deep/file; ln -s file /data/link; echo ready; while true; do sleep 30; done',
      ],
    });
    await node.runtime.startContainer(id);
    await node.lineOf(spec, /^ready$/);
    const first = await node.copy(id, 'counter');
    const second = await node.copy(first.id, 'counter');

    for (const { archive } of [first, second]) {
      expect(await readJson(archive, 'deleted.files')).toEqual([
        '/etc/os-release',
      ]);
      const diff = await readEntry(archive, 'rootfs-diff.tar');
      expect(await listNames(Readable.from(diff))).toEqual(
        expect.arrayContaining(['data/', 'data/deep/file', 'data/link']),
      );
    }
  });

  it('runs commands in a container, and tells how they ended', async () => {
    const { id } = await node.run('counter');
    const said: string[] = [];
    const execute = (argv: string[], input?: AsyncIterable<Buffer>) =>
      node.runtime.executeCommand(id, argv, {
        input,
        output: bytes => said.push(`out ${bytes}`),
        error: bytes => said.push(`err ${bytes}`),
      });

    expect(await execute(['sh', '-c', 'hostname; echo no >&2; exit 3'])).toBe(
      3,
    );
    expect(await execute(['cat'], Readable.from([Buffer.from('given')]))).toBe(
      0,
    );
    expect(said).toEqual([
      expect.stringMatching(/^out counter/),
      'err no\n',
      'out given',
    ]);
    expect(await execute(['/nowhere'])).not.toBe(0);
  });

  it('reports how a container ended', async () => {
    const ended: ContainerState[] = [];
    const stop = node.runtime.onExit(state => ended.push(state));
    const { spec } = await node.pod('counter');
    const id = await node.runtime.createContainer({
      ...spec,
      command: ['sh', '-c', 'echo done; exit 7'],
    });
    await node.runtime.startContainer(id);
    await waitUntil(
      'it has ended',
      () => node.runtime.container(id)?.phase === 'exited',
    );
    await node.runtime.stopContainer(id, 5);
    expect(node.runtime.container(id)).toMatchObject({ exitCode: 7 });

    const counter = await node.run('counter', { COUNTER_INTERVAL_MS: '200' });
    await node.lineOf(counter.spec, /^count 0$/);
    await node.runtime.stopContainer(counter.id, 10);
    stop();
    expect(ended.map(({ exitCode }) => exitCode)).toEqual([7, 143]);
  });

  it('says what CRIU said where it cannot dump', async () => {
    const { spec } = await node.pod('counter');
    const id = await node.runtime.createContainer({
      ...spec,
      command: ['sh', '-c'],
      args: [
        'dd if=/dev/zero of=/tmp/ghost bs=1M count=65; exec 3< /tmp/ghost; rm /tmp/ghost; echo open; while true; do sleep 1; done',
      ],
    });
    await node.runtime.startContainer(id);
    await node.lineOf(spec, /^open$/);
    await expect(
      node.runtime.checkpointContainer(id, join(node.directory, 'none.tar')),
    ).rejects.toThrow(/Can't dump ghost file .* increase limit/);
    expect(node.runtime.container(id)?.phase).toBe('running');
  });
});

function fillCommands(count: number): string[][] {
  return Array.from({ length: count }, (_, index) => [
    'SET',
    `key:${index}`,
    `value-${index}`,
  ]);
}

function namesOfFixture(name: string): string[] {
  return readFileSync(join(__dirname, `__fixtures__/${name}.names.txt`), 'utf8')
    .trim()
    .split('\n');
}

/** Names without the numbers that differ from run to run. */
function kindsOf(names: string[]): string[] {
  const kinds = names.map(name => name.replace(/-\d+(?=\.)/, '-N'));
  return kinds.filter((kind, index) => kind !== kinds[index - 1]);
}

async function listNames(tar: Readable): Promise<string[]> {
  const names: string[] = [];
  for await (const entry of tar.pipe(extract())) {
    names.push(entry.header.name);
    entry.resume();
  }
  return names;
}

async function readEntry(archive: string, name: string): Promise<Buffer> {
  let content;
  for await (const entry of createReadStream(archive).pipe(extract())) {
    if (entry.header.name === name) {
      content = await buffer(entry);
    }
    entry.resume();
  }
  if (!content) {
    throw new Error(`${archive} has no ${name}`);
  }
  return content;
}

async function readJson(archive: string, name: string): Promise<any> {
  return JSON.parse((await readEntry(archive, name)).toString());
}
