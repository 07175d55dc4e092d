import {
  COURIER_RECORDS_MAX_BYTES,
  courierRecordSchema,
} from '@cubemig/plugin-cubemig-common';
import { RecordLog } from './RecordLog';

const swept = (name: string) => ({
  type: 'swept' as const,
  name,
  bytes: 1,
  migration: 'm1',
  container: 'counter',
});

describe('RecordLog', () => {
  it('writes records that count up', () => {
    const lines: string[] = [];
    const log = new RecordLog(line => lines.push(line));
    expect([log.write(swept('a')), log.write(swept('b'))]).toEqual([
      true,
      true,
    ]);
    const records = lines.map(line =>
      courierRecordSchema.parse(JSON.parse(line)),
    );
    expect(records.map(({ sequence }) => sequence)).toEqual([1, 2]);
    expect(log.summary).toEqual({ count: 2, isCut: false });
  });

  it.each([
    ['too many', 2, 10],
    ['too much', Infinity, 1000],
  ])('leaves out what is %s, and says so', (_, maxRecords, nameBytes) => {
    let bytes = 0;
    const log = new RecordLog(line => (bytes += line.length), maxRecords);
    let count = 0;
    while (log.write(swept('x'.repeat(nameBytes)))) count += 1;
    expect(log.summary).toEqual({ count, isCut: true });
    expect(bytes).toBeLessThanOrEqual(COURIER_RECORDS_MAX_BYTES);
    expect(count).toBeLessThanOrEqual(maxRecords);
  });

  it('leaves out a line that is too long', () => {
    const log = new RecordLog(() => undefined);
    expect(log.write(swept('x'.repeat(20_000)))).toBe(false);
    expect(log.write(swept('x'))).toBe(true);
    expect(log.summary).toEqual({ count: 1, isCut: true });
  });
});
