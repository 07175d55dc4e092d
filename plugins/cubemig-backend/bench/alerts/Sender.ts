import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { alertOf, TOKEN } from './alertOf';

/** So many containers alert; each again and again. */
const CONTAINERS = 200;

/** Sends alerts at a fixed rate, whether they are answered or not, and remembers which were. */
export class Sender {
  /** Of those that got 202. */
  readonly accepted = new Set<string>();
  /** Milliseconds until the 202. */
  readonly latencies: number[] = [];
  /** What the others came to, a status or an error's code, and how often. */
  readonly otherwise = new Map<string, number>();
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 256 });
  private readonly underWay = new Set<Promise<void>>();

  constructor(private readonly port: number) {}

  /** @param options - alerts a second, and for how many seconds */
  async run(options: { rate: number; seconds: number }): Promise<void> {
    const { rate, seconds } = options;
    const start = performance.now();
    const total = rate * seconds;
    let sent = 0;
    while (sent < total) {
      const elapsed = (performance.now() - start) / 1000;
      const due = Math.min(total, Math.floor(elapsed * rate));
      for (; sent < due; sent++) this.send(sent);
      await new Promise(resolve => setTimeout(resolve, 2));
    }
    await Promise.all(this.underWay);
  }

  close() {
    this.agent.destroy();
  }

  private send(number: number) {
    const sending = this.post(number).finally(() =>
      this.underWay.delete(sending),
    );
    this.underWay.add(sending);
  }

  private post(number: number): Promise<void> {
    const uuid = randomUUID();
    const container = (number % CONTAINERS).toString(16).padStart(12, 'c');
    const body = JSON.stringify(
      alertOf(container, uuid, {
        'k8s.ns.name': 'bench',
        'k8s.pod.name': `shop-${container}`,
      }),
    );
    const start = performance.now();
    return new Promise(resolve => {
      const post = request(
        {
          host: '127.0.0.1',
          port: this.port,
          path: '/api/cubemig/alert',
          method: 'POST',
          agent: this.agent,
          headers: {
            'Content-Type': 'application/json',
            'Content-Length': Buffer.byteLength(body),
            'X-CubeMig-Token': TOKEN,
          },
        },
        response => {
          response.resume();
          if (response.statusCode === 202) {
            this.accepted.add(uuid);
            this.latencies.push(performance.now() - start);
          } else {
            this.count(String(response.statusCode));
          }
          response.on('end', resolve).on('error', () => resolve());
        },
      );
      post.on('error', (error: NodeJS.ErrnoException) => {
        this.count(error.code ?? error.message);
        resolve();
      });
      post.end(body);
    });
  }

  private count(what: string) {
    this.otherwise.set(what, (this.otherwise.get(what) ?? 0) + 1);
  }
}
