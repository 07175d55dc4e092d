import { Knex } from 'knex';
import { setTimeout as delay } from 'node:timers/promises';
import { BackendProcess } from './BackendProcess';
import { Sender } from './Sender';

/** Whether a backend takes in a rate of alerts for a while, and loses none when it is killed. */
export async function measureRate(
  backend: BackendProcess,
  knex: Knex,
  { rate, seconds }: { rate: number; seconds: number },
): Promise<boolean> {
  const sender = new Sender(backend.port);
  try {
    console.log(
      `  ${rate} alerts/s for ${seconds} s, then ${rate} alerts/s into a backend that is killed`,
    );
    await backend.start();
    await sender.run({ rate, seconds: 2 });
    sender.latencies.length = 0;
    sender.otherwise.clear();

    const memory = [backend.memory()];
    const cpu = backend.cpu();
    const measure = setInterval(() => memory.push(backend.memory()), 10_000);
    await sender.run({ rate, seconds });
    clearInterval(measure);
    const cpuPerAlert = (backend.cpu() - cpu) / (rate * seconds);
    const sorted = [...sender.latencies].sort((a, b) => a - b);
    const at = (part: number) =>
      `${sorted[Math.floor((sorted.length - 1) * part)].toFixed(1)} ms`;
    console.log(
      `  202 after: median ${at(0.5)}, p99 ${at(0.99)}, longest ${at(
        1,
      )}; ${cpuPerAlert.toFixed(2)} ms of processor time an alert`,
    );
    const others = [...sender.otherwise].map(([what, n]) => `${n} × ${what}`);
    console.log(
      `  answered 202: ${sorted.length} of ${rate * seconds}${
        others.length > 0 ? ` (else ${others.join(', ')})` : ''
      }; memory every 10 s: ${memory.join(', ')} MB`,
    );

    const dying = sender.run({ rate, seconds: 4 });
    await delay(2000);
    await backend.kill();
    await dying;
    const lost = await findLost(knex, sender.accepted);
    console.log(
      `  killed: ${sender.accepted.size} were answered 202 in all, ${lost} of them are not in the database`,
    );

    await backend.start();
    const start = Date.now();
    while (await isUnfinished(knex)) await delay(200);
    const [{ alerts, occurrences }] = await knex('alerts').select(
      knex.raw('count(*) as alerts, sum(occurrences) as occurrences'),
    );
    const stored = await countStored(knex);
    console.log(
      `  after the restart all was folded within ${
        Date.now() - start
      } ms: ${alerts} alerts with ${occurrences} occurrences of ${stored} stored`,
    );
    return lost === 0 && Number(occurrences) === stored;
  } finally {
    sender.close();
  }
}

async function findLost(knex: Knex, accepted: Set<string>) {
  const missing = new Set(accepted);
  let last = 0;
  for (;;) {
    const rows = await knex('alert_occurrences')
      .where('id', '>', last)
      .orderBy('id')
      .limit(5000)
      .select('id', 'payload');
    if (rows.length === 0) return missing.size;
    for (const { payload } of rows) missing.delete(JSON.parse(payload).uuid);
    last = Number(rows.at(-1).id);
  }
}

async function isUnfinished(knex: Knex) {
  const row = await knex('alert_occurrences').whereNull('alert_id').first('id');
  return row !== undefined;
}

async function countStored(knex: Knex) {
  const row = await knex('alert_occurrences').count({ count: '*' }).first();
  return Number(row?.count);
}
