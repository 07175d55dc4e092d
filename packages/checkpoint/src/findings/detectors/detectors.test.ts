import { Severity } from '@cubemig/plugin-cubemig-common';
import { detectors, examine } from '..';
import {
  fixtureNames,
  makeImage,
  openChanged,
  openFixture,
  workedMs,
} from '../../__testUtils__';
import { Checkpoint } from '../../report';
import { SecretMask } from '../../secrets';
import { factsOf, find, withCommand } from '../__testUtils__/facts';
import { findFindings } from '../findFindings';

const clean = fixtureNames.filter(name => name !== 'e-attacked');

describe('detectors', () => {
  it.each(clean)('find nothing above low in %s', async name => {
    const forensics = await examine(await openFixture(name));
    const allowed: Severity[] = ['info', 'low'];
    expect(
      forensics.findings.filter(f => !allowed.includes(f.severity)),
    ).toEqual([]);
    expect(forensics).toMatchObject({
      verdict: 'clean',
      reasons: ['no finding above low'],
      warnings: [],
    });
  });

  it('convict the attacked shop', async () => {
    const forensics = await examine(await openFixture('e-attacked'));
    expect(forensics).toMatchObject({
      verdict: 'compromised',
      score: 100,
      pod: 'attacked',
      container: 'app',
    });
    expect(forensics.findings[0].severity).toBe('critical');
    expect(JSON.stringify(forensics)).not.toContain('hunter2');
  });

  it('have each its own name and a technique', () => {
    const ids = detectors.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, technique, remedy } of detectors) {
      expect(id).toMatch(/^[a-z-]+$/);
      expect(technique.id).toMatch(/^T\d{4}(\.\d{3})?$/);
      expect(remedy).not.toBe('');
    }
  });

  it.each([
    ['shell-with-socket', 2],
    ['shell-below-server', 3],
    ['interpreter-socket', 1],
    ['download-and-run', 3],
    ['encoded-command', 1],
    ['deleted-executable', 1],
    ['executable-in-temporary-folder', 1],
    ['kernel-thread-name', 1],
    ['sensitive-file-changed', 1],
    ['new-program', 1],
    ['removed-traces', 4],
    ['secret-in-environment', 1],
    ['service-account-token', 1],
  ])('see %s in the attacked shop', async (id, pieces) => {
    const findings = find(await factsOf('e-attacked'), id);
    expect(findings.flatMap(f => f.evidence)).toHaveLength(pieces);
  });

  it.each(
    detectors
      .map(({ id }) => id)
      .filter(id => !/^(secret-in-env|service-acc)/.test(id)),
  )('see no %s in the clean shop', async id => {
    expect(find(await factsOf('e0-shop-clean'), id)).toEqual([]);
  });
});

describe('hostile command lines', () => {
  it.each([
    'python -c ',
    'curl a | ',
    'perl -e Socket ',
    'nc -',
    '-a',
    'a.',
    '--a-password="',
    'eyJaaaaaaaaaaaaa.',
    'QUFBQUFBQUFBQUFBQUFBQQ=',
    'a://a:',
  ])('of endless %s take no endless time', async piece => {
    const facts = await withCommand('sh', piece.repeat(200_000));
    const started = workedMs();
    findFindings(facts, SecretMask.of([]));
    SecretMask.of([]).text(piece.repeat(200_000));
    expect(workedMs() - started).toBeLessThan(20_000);
  });
});

describe('a real checkpoint of a program in memory', () => {
  it('tells its name', async () => {
    const original = await openFixture('a-counter');
    const { exeFileId } = original.images.mm(1)!;
    const { findings } = await examine(
      new Checkpoint(
        await openChanged('a-counter', {
          'checkpoint/files.img': makeImage(0x56303138, [
            [
              'File',
              { type: 18, id: exeFileId, memfd: { id: exeFileId, inodeId: 5 } },
            ],
          ]),
          'checkpoint/memfd.img': makeImage(0x48453499, [
            ['MemfdInode', { name: Buffer.from('payload'), inodeId: 5 }],
          ]),
        }),
      ),
    );
    expect(findings[0]).toMatchObject({
      id: 'deleted-executable',
      severity: 'critical',
      evidence: [{ pid: 1, file: 'memfd:payload' }, { pid: 1544 }],
    });
  });
});
