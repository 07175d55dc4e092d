import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { alertOf, TOKEN } from './alertOf';
import { BackendProcess } from './BackendProcess';

/** In one request, as a proxy that collects would send them. */
const AT_ONCE = 500;
const SENDERS = 4;
/** Of the pod `counter`, which the bench's cluster has. */
const CONTAINER = 'fb99e64a1f28';

/** Sends again what was not answered, as nobody who means well does: it may be stored already. */
class Storm {
  accepted = 0;
  replayed = 0;

  constructor(private readonly port: number) {}

  async send(total: number): Promise<void> {
    let left = total;
    const sendShare = async () => {
      while (left > 0) {
        const size = Math.min(AT_ONCE, left);
        left -= size;
        await this.sendUntilTaken(
          JSON.stringify(
            Array.from({ length: size }, () =>
              alertOf(CONTAINER, randomUUID()),
            ),
          ),
        );
      }
    };
    await Promise.all(Array.from({ length: SENDERS }, sendShare));
  }

  private async sendUntilTaken(body: string) {
    for (;;) {
      const answer = await fetch(
        `http://127.0.0.1:${this.port}/api/cubemig/alert`,
        {
          method: 'POST',
          headers: {
            'Content-Type': 'application/json',
            'X-CubeMig-Token': TOKEN,
          },
          body,
        },
      ).catch(() => undefined);
      if (answer?.status === 202) {
        const { accepted, replayed = 0 } = await answer.json();
        this.accepted += accepted;
        this.replayed += replayed;
        return;
      }
      // Dead, or more than it takes in a second.
      await delay(200);
    }
  }
}

/**
 * Whether alerts of one kind, which a response rule answers with a migration, become one alert, one decision and one migration, though the
 * backend is killed in the middle.
 */
export async function watchStorm(
  backend: BackendProcess,
  knex: Knex,
  total: number,
): Promise<boolean> {
  console.log(
    `  a storm of ${total} alerts of one kind on a rule that migrates by itself, into a backend that is killed in the middle`,
  );
  await backend.start();
  const storm = new Storm(backend.port);
  const start = Date.now();
  const half = Math.floor(total / 2);
  const dying = storm.send(half);
  await until(async () => storm.accepted > half / 2);
  await backend.kill();
  await backend.start();
  await dying;
  await storm.send(total - half);
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  console.log(
    `  taken in within ${seconds} s, the restart included; ${storm.replayed} had lost their answer, and were known when they came again`,
  );

  await until(async () => (await countFolded(knex)) === total);
  await until(async () => (await count(knex, 'decisions')) > 0);
  const found = {
    alerts: await count(knex, 'alerts'),
    occurrences: await countFolded(knex),
    decisions: await count(knex, 'decisions'),
    migrations: await count(knex, 'migrations'),
  };
  console.log(
    `  came to ${Object.entries(found)
      .map(([what, number]) => `${number} ${what}`)
      .join(', ')}`,
  );
  return found.alerts === 1 && found.decisions === 1 && found.migrations === 1;
}

async function count(knex: Knex, table: string) {
  const row = await knex(table).count({ count: '*' }).first();
  return Number(row?.count);
}

async function countFolded(knex: Knex) {
  const row = await knex('alerts').sum({ sum: 'occurrences' }).first();
  return Number(row?.sum ?? 0);
}

async function until(isMet: () => Promise<boolean>) {
  while (!(await isMet())) await delay(200);
}
