import { setTimeout as delay } from 'node:timers/promises';

interface Waiting<T, R> {
  rows: T[];
  resolve: (results: R[]) => void;
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
export class GroupCommit<T, R = void> {
  private waiting: Waiting<T, R>[] = [];
  private waitingRows = 0;
  private writing: Promise<void> | undefined;

  constructor(
    /** Resolves to what came of each row. */
    private readonly write: (rows: T[]) => Promise<R[]>,
    private readonly limits: {
      rowsPerGroup: number;
      rowsWaiting: number;
      /** How long the first of a group waits for others. */
      gatherMs?: number;
    } = { rowsPerGroup: 500, rowsWaiting: 20_000, gatherMs: 5 },
  ) {}

  /**
   * Resolves when the rows are durable, to what came of each.
   *
   * @throws OverloadedError if too much waits already; what the write throws
   */
  async add(rows: T[]): Promise<R[]> {
    if (this.waitingRows + rows.length > this.limits.rowsWaiting) {
      throw new OverloadedError('Too many alerts wait to be stored');
    }
    this.waitingRows += rows.length;
    const durable = new Promise<R[]>((resolve, reject) => {
      this.waiting.push({ rows, resolve, reject });
    });
    this.writing ??= this.writeAll().finally(() => {
      this.writing = undefined;
    });
    return durable;
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
        const results = await this.write(group.flatMap(({ rows }) => rows));
        for (const { rows, resolve } of group) {
          resolve(results.splice(0, rows.length));
        }
      } catch (error) {
        group.forEach(({ reject }) => reject(error as Error));
      }
    }
  }

  private takeGroup(): Waiting<T, R>[] {
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
