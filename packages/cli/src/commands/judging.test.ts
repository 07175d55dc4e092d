import { archive } from '../__testUtils__/fixtures';
import { runCli } from '../__testUtils__/runCli';

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
      'cubemig: judging.test.ts: not a tar archive (at byte 0)\n',
    );
  });
});
