import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { MemoryRegistry } from '@cubemig/oci/testUtils';
import { fixturePath, readFixture, runCli } from '../__testUtils__/runCli';

const names = [
  'a-counter',
  'b-redis',
  'c-nginx',
  'd-python-tcp',
  'e-attacked',
  'e0-shop-clean',
  'f-duo-producer',
  'g-podman-counter',
  'h-containerd-counter',
];
const archive = (name: string) => fixturePath(`${name}.tar.gz`);

/** As recorded: the archives were unpacked, and lay in the working directory. */
function asRecorded(text: string): string {
  return text.replace(/[^ ]*\/([\w-]+\.tar)\.gz/g, '$1');
}

/** What checkpointctl draws in another order every time, sorted, without the lines of the tree. */
function sortedLines(tree: string): string[] {
  return (
    asRecorded(tree)
      // A line that a value breaks in two is a mark here, so that no value can draw branches.
      .split(/\n|\\n/)
      .map(line => line.replace(/^[│├└─ ]+/, '').trimEnd())
      .filter(line => line !== '')
      .sort()
  );
}

function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'cubemig-cli-'));
}

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

describe('findings', () => {
  it('tells by its exit code how grave the gravest is', async () => {
    const code = async (...args: string[]) =>
      (await runCli(['findings', ...args])).code;
    expect(await code(archive('e0-shop-clean'))).toBe(0);
    expect(await code(archive('e-attacked'))).toBe(12);
    expect(await code(archive('e0-shop-clean'), archive('e-attacked'))).toBe(
      12,
    );
    expect(await code('--fail-on', 'critical', archive('a-counter'))).toBe(0);
  });

  it('explains what it found', async () => {
    const { out } = await runCli(['findings', archive('e-attacked')]);
    expect(out).toContain('Verdict: compromised, score 100 of 100');
    expect(out).toContain('CRITICAL  A shell takes its commands');
    expect(out).toContain('What to do: Treat the container as taken over');
  });

  it('writes SARIF', async () => {
    const { out } = await runCli([
      'findings',
      '--format',
      'sarif',
      archive('e-attacked'),
    ]);
    const sarif = JSON.parse(out);
    const [{ tool, results }] = sarif.runs;
    expect(sarif.version).toBe('2.1.0');
    expect(results[0]).toMatchObject({
      ruleId: 'shell-with-socket',
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: {
              uri: expect.stringMatching(
                /^file:\/\/\/.*\/e-attacked\.tar\.gz$/,
              ),
            },
          },
        },
      ],
    });
    for (const { ruleId, ruleIndex } of results) {
      expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
    }
  });
});

describe('diff', () => {
  it('tells a story', async () => {
    const { out, code } = await runCli([
      'diff',
      archive('e0-shop-clean'),
      archive('e-attacked'),
    ]);
    expect(code).toBe(0);
    expect(out).toMatch(/Verdict: clean \(2\), then compromised \(100\)/);
    expect(out).toMatch(/Appeared \(26\)/);
    expect(out).toContain('the file /var/log/dpkg.log, which was deleted');
  });

  it('prints JSON without secrets', async () => {
    const { out } = await runCli([
      'diff',
      '--format',
      'json',
      archive('e0-shop-clean'),
      archive('e-attacked'),
    ]);
    expect(JSON.parse(out).process_changes.added).toHaveLength(8);
    expect(out).not.toContain('hunter2');
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

describe('build and push', () => {
  const keys = {
    'io.kubernetes.cri-o.annotations.checkpoint.name': 'counter',
    'org.criu.checkpoint.container.name': 'counter',
  };
  const sha256 = (content: Buffer) =>
    `sha256:${createHash('sha256').update(content).digest('hex')}`;

  it('builds an image layout that says of itself what is true', async () => {
    const folder = temporaryFolder();
    const { out, code } = await runCli(['build', archive('a-counter'), folder]);
    expect(code).toBe(0);
    const read = (file: string) => readFileSync(join(folder, file));
    const blob = (digest: string) => {
      const content = read(`blobs/sha256/${digest.slice(7)}`);
      expect(sha256(content)).toBe(digest);
      return content;
    };
    const index = JSON.parse(read('index.json').toString());
    expect(JSON.parse(read('oci-layout').toString())).toEqual({
      imageLayoutVersion: '1.0.0',
    });
    const { digest, annotations } = index.manifests[0];
    expect(annotations['org.opencontainers.image.ref.name']).toBe('latest');
    expect(out).toBe(`${folder}: latest@${digest}\n`);
    const manifest = JSON.parse(blob(digest).toString());
    expect(manifest.annotations).toMatchObject(keys);
    const config = JSON.parse(blob(manifest.config.digest).toString());
    expect(config).toMatchObject({ os: 'linux', architecture: 'amd64' });
    const layer = gunzipSync(blob(manifest.layers[0].digest));
    expect(sha256(layer)).toBe(config.rootfs.diff_ids[0]);
    expect(layer).toEqual(gunzipSync(readFileSync(archive('a-counter'))));
  });

  it('pushes an image', async () => {
    const registry = await MemoryRegistry.start();
    try {
      const image = `${registry.host}/demo/counter:one`;
      const { out, code } = await runCli([
        'push',
        '--insecure',
        '--compression',
        'none',
        archive('a-counter'),
        image,
      ]);
      expect(code).toBe(0);
      const [, digest] = /@(sha256:\S+)/.exec(out)!;
      const manifest = [...registry.manifests.values()]
        .map(content => JSON.parse(content.toString()))
        .find(m => m.layers);
      expect(manifest.annotations).toMatchObject(keys);
      expect(sha256(Buffer.from(JSON.stringify(manifest)))).toBe(digest);
    } finally {
      await registry.stop();
    }
  });

  it('says how an image name is written', async () => {
    const { code, err } = await runCli([
      'push',
      archive('a-counter'),
      'counter',
    ]);
    expect(code).toBe(1);
    expect(err).toBe(
      'cubemig: "counter" is no image name: write it as host[:port]/repository:tag\n',
    );
  });
});

describe('the program', () => {
  it('teaches', async () => {
    const { out, code } = await runCli(['--help']);
    expect(code).toBe(0);
    expect(out).toContain('Start here:');
    for (const command of ['inspect', 'findings', 'memparse', 'diff']) {
      const help = await runCli([command, '--help']);
      expect(help.out).toMatch(/Examples:|Exit code:|The checkpoints may/);
    }
  });

  it('tells errors of usage from others', async () => {
    expect((await runCli(['nonsense'])).code).toBe(2);
    expect((await runCli(['inspect'])).code).toBe(2);
    const missing = await runCli(['show', '/no/such.tar']);
    expect(missing).toEqual({
      code: 1,
      out: '',
      err: 'cubemig: /no/such.tar: no such file\n',
    });
  });

  it('names the byte where an archive is damaged', async () => {
    const { err, code } = await runCli(['show', __filename]);
    expect(code).toBe(1);
    expect(err).toBe(
      'cubemig: commands.test.ts: not a tar archive (at byte 0)\n',
    );
  });
});
