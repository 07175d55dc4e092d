import {
  COURIER_LINE_MAX_BYTES,
  COURIER_RECORDS_MAX_BYTES,
  CourierRecord,
} from '@cubemig/plugin-cubemig-common';

/** A record without what the log itself adds. */
type Entry = CourierRecord extends infer R
  ? R extends CourierRecord
    ? Omit<R, 'version' | 'sequence' | 'time'>
    : never
  : never;

/** The log of a task that finds things: one JSON record a line, as many as may be. */
export class RecordLog {
  private sequence = 0;
  private bytes = 0;
  private hasLeftOut = false;

  constructor(
    private readonly writeLine: (line: string) => void,
    private readonly maxRecords = Infinity,
  ) {}

  /** Writes a record, unless there is no room for it. False once nothing more can be written. */
  write(entry: Entry): boolean {
    const record = {
      version: 1,
      sequence: this.sequence + 1,
      time: new Date().toISOString(),
      ...entry,
    } satisfies CourierRecord;
    const line = `${JSON.stringify(record)}\n`;
    const bytes = Buffer.byteLength(line);
    const fits =
      bytes <= COURIER_LINE_MAX_BYTES &&
      this.bytes + bytes <= COURIER_RECORDS_MAX_BYTES &&
      this.sequence < this.maxRecords;
    if (fits) {
      this.sequence += 1;
      this.bytes += bytes;
      this.writeLine(line);
    } else {
      this.hasLeftOut = true;
    }
    return fits;
  }

  /** For the result. */
  get summary(): { count: number; isCut: boolean } {
    return { count: this.sequence, isCut: this.hasLeftOut };
  }
}
