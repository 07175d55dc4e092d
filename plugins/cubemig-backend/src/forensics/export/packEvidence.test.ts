import { extract } from 'tar-stream';
import { createGunzip } from 'node:zlib';
import { attackedReport, createMigration } from '../__testUtils__/reports';
import { packEvidence } from './packEvidence';
import { toSarif } from './toSarif';

const migration = createMigration('m1');
const { forensics, report } = attackedReport;
const stored = {
  migration: 'm1',
  container: 'shop',
  state: 'stored' as const,
  subject: migration.source,
  createdAt: migration.createdAt,
  attempts: 1,
  findings: {},
};

describe('packEvidence', () => {
  it('packs all there is into one archive', async () => {
    const unpacked = packEvidence({
      migration,
      timeline: [],
      reports: [stored],
      readReport: async () => ({ ...stored, report, forensics }),
      assessments: [],
    })
      .pipe(createGunzip())
      .pipe(extract());
    const files: Record<string, any> = {};
    for await (const entry of unpacked) {
      const chunks: Buffer[] = [];
      for await (const chunk of entry) chunks.push(chunk as Buffer);
      const text = Buffer.concat(chunks).toString();
      files[entry.header.name] = JSON.parse(text);
    }
    expect(Object.keys(files)).toEqual([
      'migration-m1/migration.json',
      'migration-m1/timeline.json',
      'migration-m1/reports/shop/report.json',
      'migration-m1/reports/shop/findings.sarif',
    ]);
    expect(files['migration-m1/migration.json']).toEqual(
      JSON.parse(JSON.stringify(migration)),
    );
    expect(files['migration-m1/reports/shop/report.json'].report).toEqual(
      report,
    );
  });

  it('fails where something cannot be read, rather than to end early', async () => {
    const stream = packEvidence({
      migration,
      timeline: [],
      reports: [stored],
      readReport: async () => {
        throw new Error('database gone');
      },
      assessments: [],
    });
    await expect(stream.toArray()).rejects.toThrow('database gone');
  });
});

describe('toSarif', () => {
  it('gives each finding a rule, a level and places', () => {
    const { runs, version } = toSarif(forensics) as any;
    expect(version).toBe('2.1.0');
    const [{ tool, results }] = runs;
    expect(results).toHaveLength(forensics.findings.length);
    const ids = tool.driver.rules.map((rule: any) => rule.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(results.every((r: any) => ids.includes(r.ruleId))).toBe(true);
    const changed = results.find(
      (r: any) => r.ruleId === 'sensitive-file-changed',
    );
    expect(changed).toMatchObject({
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'etc/passwd', uriBaseId: 'ROOT' },
          },
        },
      ],
    });
  });
});
