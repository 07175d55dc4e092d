import { CourierEvent, PhaseName } from '@cubemig/plugin-cubemig-common';

/** At most two progress lines a second for each phase of each container. */
const PROGRESS_INTERVAL_MS = 500;

/** An event without what the log itself adds. */
type Entry = CourierEvent extends infer E
  ? E extends CourierEvent
    ? Omit<E, 'version' | 'sequence' | 'time' | 'container' | 'phase'>
    : never
  : never;

/** The courier's log: one JSON event a line. Knows which phases are open, so that each ends exactly once. */
export class EventLog {
  private sequence = 0;
  private readonly open = new Map<string, { toldAt: number }>();

  constructor(private readonly writeLine: (line: string) => void) {}

  started(container: string, phase: PhaseName): void {
    this.open.set(`${phase} ${container}`, { toldAt: Date.now() });
    this.write(container, phase, { type: 'started' });
  }

  progress(container: string, phase: PhaseName, bytes: number): void {
    const state = this.open.get(`${phase} ${container}`);
    if (!state || Date.now() - state.toldAt < PROGRESS_INTERVAL_MS) {
      return;
    }
    state.toldAt = Date.now();
    this.write(container, phase, { type: 'progress', bytes });
  }

  /** `reused`: nothing was done for it, an earlier run had done it. */
  finished(
    container: string,
    phase: PhaseName,
    bytes: number,
    options: { reused?: true } = {},
  ): void {
    if (this.open.delete(`${phase} ${container}`)) {
      this.write(container, phase, { type: 'finished', bytes, ...options });
    }
  }

  failed(container: string, phase: PhaseName, message: string): void {
    if (this.open.delete(`${phase} ${container}`)) {
      this.write(container, phase, {
        type: 'failed',
        message: message.slice(0, 2000),
      });
    }
  }

  private write(container: string, phase: PhaseName, entry: Entry): void {
    const event = {
      version: 1,
      sequence: ++this.sequence,
      time: new Date().toISOString(),
      container,
      phase,
      ...entry,
    } satisfies CourierEvent;
    this.writeLine(`${JSON.stringify(event)}\n`);
  }
}
