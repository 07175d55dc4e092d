import {
  Archive,
  BufferSource,
  Checkpoint,
  examine,
  readReport,
} from '@cubemig/checkpoint';
import {
  CheckpointReport,
  checkpointReportSchema,
} from '@cubemig/plugin-cubemig-common';
import { readFixture } from '../__testUtils__/TestNode';
import { boundReport } from './boundReport';

async function makeReport(): Promise<CheckpointReport> {
  const source = new BufferSource('e-attacked', readFixture('e-attacked'));
  const checkpoint = new Checkpoint(await Archive.fromSource(source));
  return {
    version: 1,
    report: await readReport(checkpoint),
    forensics: await examine(checkpoint),
  };
}

describe('boundReport', () => {
  it('leaves alone what fits', async () => {
    const full = await makeReport();
    expect(JSON.parse(boundReport(full))).toEqual(
      JSON.parse(JSON.stringify(full)),
    );
  });

  it('leaves out what is missed least, and says so', async () => {
    const full = await makeReport();
    const bytes = JSON.stringify(full).length;
    for (const maxBytes of [bytes - 1, bytes >> 1]) {
      const text = boundReport(full, maxBytes);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(maxBytes);
      const { report, forensics } = checkpointReportSchema.parse(
        JSON.parse(text),
      );
      expect(report.warnings.at(-1)).toMatch(/^Left out .*annotations/);
      expect(report.processes).toEqual(full.report.processes);
      expect(forensics).toEqual(full.forensics);
    }
  });

  it('gives up on what cannot be made to fit', async () => {
    const full = await makeReport();
    expect(() => boundReport(full, 1000)).toThrow('longer than 1000 bytes');
  });
});
