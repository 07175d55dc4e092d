/**
 * How far a log with timestamps was read, to the line. A log can be asked for from a second on only (`sinceTime`), and many lines may have come in
 * one: those that were read of it are left out by their number.
 */
export class LogPosition {
  private second: number | undefined;
  /** Lines that were read of this second. */
  private read = 0;
  private known = 0;

  /** Whether anything was read. */
  get hasBegun() {
    return this.read > 0;
  }

  /** From when on the rest is to be asked for, as `sinceTime`; undefined: from the start. */
  resume(): string | undefined {
    this.known = this.read;
    return this.second === undefined
      ? undefined
      : new Date(this.second * 1000).toISOString();
  }

  /** The text of the next line; undefined if it was read before. */
  take(line: string): string | undefined {
    if (this.known > 0) {
      this.known -= 1;
      return undefined;
    }
    const end = line.indexOf(' ');
    const second = Math.floor(Date.parse(line.slice(0, end)) / 1000);
    const isTimed = end > 0 && !Number.isNaN(second);
    if (isTimed && second !== this.second) {
      this.second = second;
      this.read = 0;
    }
    this.read += 1;
    return isTimed ? line.slice(end + 1) : line;
  }
}
