import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  archive,
  asRecorded,
  fixturePath,
  names,
  readFixture,
  sortedLines,
  temporaryFolder,
} from '../__testUtils__/fixtures';
import { runCli } from '../__testUtils__/runCli';

describe('show', () => {
  it.each(names)('prints of %s what checkpointctl prints', async name => {
    const { out, code } = await runCli(['show', archive(name)]);
    expect(asRecorded(out)).toBe(readFixture(`${name}.show.txt`));
    expect(code).toBe(0);
  });

  it('shows several in one table', async () => {
    const { out } = await runCli(['show', ...names.map(archive)]);
    expect(out.trimEnd().split('\n')).toHaveLength(2 + names.length);
  });
});

describe('inspect', () => {
  const flags = [
    '--stats',
    '--mounts',
    '--ps-tree-cmd',
    '--ps-tree-env',
    '--files',
    '--sockets',
    '--metadata',
    '--show-secrets',
  ];

  // For nginx checkpointctl has only an error.
  it.each(names.filter(name => name !== 'c-nginx'))(
    'draws the tree of %s that checkpointctl draws',
    async name => {
      const { out } = await runCli(['inspect', ...flags, archive(name)]);
      expect(sortedLines(out)).toEqual(
        sortedLines(readFixture(`${name}.inspect.txt`)),
      );
    },
  );

  it('prints only what is asked for', async () => {
    const { out } = await runCli([
      'inspect',
      '--stats',
      '--format',
      'json',
      archive('a-counter'),
    ]);
    const { statistics, ...identity } = JSON.parse(out)[0];
    expect(statistics.pages_written).toBe(33);
    expect(Object.keys(identity).sort()).toEqual(
      'checkpoint_size checkpointed container_name created engine id image ip runtime warnings'.split(
        ' ',
      ),
    );
  });

  it('hides secrets unless told to show them', async () => {
    const args = ['inspect', '--all', archive('a-counter')];
    const secret = 's3cr3t-counter-token-42';
    expect((await runCli(args)).out).not.toContain(secret);
    expect((await runCli(args)).out).toContain('SECRET_TOKEN=******');
    expect((await runCli([...args, '--show-secrets'])).out).toContain(secret);
  });

  it('shows one process and those below it', async () => {
    const { out } = await runCli([
      'inspect',
      '--pid',
      '28',
      archive('e-attacked'),
    ]);
    expect(out).toContain('[28]  sh\n');
    expect(out).toContain('[31]  sleep\n');
    expect(out).not.toContain('nc');
  });

  it('colours on a terminal and not in a pipe', async () => {
    const args = ['inspect', archive('a-counter')];
    expect((await runCli(args, { isTTY: true })).out).toContain('\u001b[36m');
    expect((await runCli(args)).out).not.toContain('\u001b');
  });
});

describe('memparse', () => {
  it.each(names)(
    'prints of %s the sizes that checkpointctl prints',
    async name => {
      const { out } = await runCli(['memparse', archive(name)]);
      expect(sortedLines(out)).toEqual(
        sortedLines(readFixture(`${name}.memparse.txt`)),
      );
    },
  );

  it.each([
    ['b-redis', 'RECOGNISABLE-VALUE-500'],
    ['a-counter', 's3cr3t-counter-token'],
  ])('finds in %s what checkpointctl finds', async (name, text) => {
    const recorded = readFixture(`${name}.memparse-search.txt`);
    const [match] = /\S*s3cr3t\S*|\S*RECOG\S*/.exec(recorded)!;
    const { out } = await runCli([
      'memparse',
      '--pid',
      '1',
      '--search',
      text,
      '--context',
      String(match.indexOf(text)),
      '--show-secrets',
      archive(name),
    ]);
    expect(out).toBe(recorded);
  });

  it('searches all processes, and hides secrets', async () => {
    const { out } = await runCli([
      'memparse',
      '--search-regex',
      'SECRET_TOKEN=[a-z0-9*-]+',
      '-c',
      '2',
      archive('a-counter'),
    ]);
    expect(out).toMatch(/^1 .*SECRET_TOKEN=\*{23}/m);
    expect(out).toMatch(/^1544 .*SECRET_TOKEN=\*{23}/m);
    expect(out).not.toContain('s3cr3t');
  });

  it('writes a dump that only its owner may read', async () => {
    const file = join(temporaryFolder(), 'memory.txt');
    const { code } = await runCli([
      'memparse',
      '--pid',
      '1',
      '--output',
      file,
      archive('a-counter'),
    ]);
    expect(code).toBe(0);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(2 + (72 * 1024) / 16);
    expect(statSync(file).mode % 0o1000).toBe(0o600);
    expect(lines.join()).not.toContain('s3cr3t-counter');
  });

  it('says which processes there are', async () => {
    const { code, err } = await runCli([
      'memparse',
      '--pid',
      '7',
      archive('a-counter'),
    ]);
    expect(code).toBe(1);
    expect(err).toBe('cubemig: no process 7: there are 1, 1544\n');
  });
});

describe('list', () => {
  it('lists a folder', async () => {
    const { out } = await runCli(['list', '--format', 'json', fixturePath('')]);
    const listed = JSON.parse(out);
    expect(listed).toHaveLength(names.length + 1);
    expect(listed[0]).toMatchObject({
      namespace: 'default',
      pod: 'counter',
      container_name: 'counter',
      engine: 'CRI-O',
      checkpointed: '2026-11-23T00:48:26Z',
      file: 'a-counter.tar.gz',
    });
  });

  it('says that there is none', async () => {
    const folder = temporaryFolder();
    const { out } = await runCli(['list', folder]);
    expect(out).toBe(`No checkpoints found in ${folder}\n`);
  });
});
