import { extract } from 'tar-stream';
import { createGunzip } from 'node:zlib';
import { attackedReport, createMigration } from '../__testUtils__/reports';
import { packEvidence } from './packEvidence';

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
    const sarif = files['migration-m1/reports/shop/findings.sarif'];
    expect(sarif.runs[0].results).toHaveLength(forensics.findings.length);
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
