import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  COURIER_RESULT_MAX_BYTES,
  CourierEvent,
  courierEventSchema,
  CourierRecord,
  courierRecordSchema,
  CourierResult,
  courierResultSchema,
} from '@cubemig/plugin-cubemig-common';

/** The built courier as a real process below a folder that plays the node's root. */
export class CourierProcess {
  readonly events: CourierEvent[] = [];
  readonly records: CourierRecord[] = [];
  private readonly child;
  private readonly exit: Promise<number | null>;

  constructor(
    program: string,
    private readonly root: string,
    env: Record<string, string>,
  ) {
    this.child = spawn(process.execPath, [program], {
      env: { COURIER_ROOT: root, HOST_IP: '127.0.0.1', ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: this.child.stdout });
    lines.on('line', line => {
      const said = JSON.parse(line);
      const event = courierEventSchema.safeParse(said);
      if (event.success) this.events.push(event.data);
      else this.records.push(courierRecordSchema.parse(said));
    });
    this.exit = new Promise(resolve => {
      this.child.once('close', resolve);
    });
  }

  /** The log in short, without progress: `push started`. */
  get milestones(): string[] {
    return this.events
      .filter(event => event.type !== 'progress')
      .map(({ phase, type }) => `${phase} ${type}`);
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  async end(): Promise<{ exitCode: number | null; result: CourierResult }> {
    const exitCode = await this.exit;
    const text = readFileSync(join(this.root, 'dev/termination-log'), 'utf8');
    if (Buffer.byteLength(text) >= COURIER_RESULT_MAX_BYTES) {
      throw new Error('The kubelet would cut this termination message');
    }
    return { exitCode, result: courierResultSchema.parse(JSON.parse(text)) };
  }
}
