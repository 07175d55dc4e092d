import { setTimeout as delay } from 'node:timers/promises';

interface Waiting<T> {
  rows: T[];
  resolve: () => void;
  reject: (error: Error) => void;
}

/** There is more to write than the database takes. */
export class OverloadedError extends Error {
  readonly name = 'OverloadedError';
}

/**
 * Writes what many callers bring in one transaction: a commit waits for the disk, and the disk takes a hundred rows as fast as one.
 * While one group is being written, the next one gathers.
 */
export class GroupCommit<T> {
  private waiting: Waiting<T>[] = [];
  private waitingRows = 0;
  private writing: Promise<void> | undefined;

  constructor(
    private readonly write: (rows: T[]) => Promise<void>,
    private readonly limits: {
      rowsPerGroup: number;
      rowsWaiting: number;
      /** How long the first of a group waits for others. */
      gatherMs?: number;
    } = { rowsPerGroup: 500, rowsWaiting: 20_000, gatherMs: 5 },
  ) {}

  /**
   * Resolves when the rows are durable.
   *
   * @throws OverloadedError if too much waits already; what the write throws
   */
  async add(rows: T[]): Promise<void> {
    if (this.waitingRows + rows.length > this.limits.rowsWaiting) {
      throw new OverloadedError('Too many alerts wait to be stored');
    }
    this.waitingRows += rows.length;
    const durable = new Promise<void>((resolve, reject) => {
      this.waiting.push({ rows, resolve, reject });
    });
    this.writing ??= this.writeAll().finally(() => {
      this.writing = undefined;
    });
    await durable;
  }

  /** Resolves when nothing waits any more. */
  async settle(): Promise<void> {
    await this.writing;
  }

  private async writeAll() {
    while (this.waiting.length > 0) {
      if (this.waitingRows < this.limits.rowsPerGroup) {
        await delay(this.limits.gatherMs ?? 0);
      }
      const group = this.takeGroup();
      try {
        await this.write(group.flatMap(({ rows }) => rows));
        group.forEach(({ resolve }) => resolve());
      } catch (error) {
        group.forEach(({ reject }) => reject(error as Error));
      }
    }
  }

  private takeGroup(): Waiting<T>[] {
    let count = 0;
    const end = this.waiting.findIndex(({ rows }) => {
      count += rows.length;
      return count > this.limits.rowsPerGroup;
    });
    // At least one caller's rows, however many.
    const group = this.waiting.splice(0, end < 0 ? Infinity : Math.max(end, 1));
    this.waitingRows -= group.reduce((sum, { rows }) => sum + rows.length, 0);
    return group;
  }
}
