import { mockServices } from '@backstage/backend-test-utils';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DatabaseMigrationStore } from '../../src/migration/store';
import { openDatabase } from '../alerts/openDatabase';
import { fillDatabase } from './fillDatabase';
import { questionsTo } from './questions';

/** Milliseconds of processor time: who waits longer notices. SQLite works within this process, and what else runs on the machine does not count. */
const LIMIT = 200;
const ROUNDS = 5;
const { values: flags } = parseArgs({
  options: {
    migrations: { type: 'string', default: '10000' },
    alerts: { type: 'string', default: '100000' },
  },
});

async function measure(ask: () => Promise<unknown>) {
  const taken: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = process.cpuUsage();
    await ask();
    const { user, system } = process.cpuUsage(start);
    taken.push((user + system) / 1000);
  }
  return taken.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)];
}

/** How long the lists and figures of the pages take in SQLite, the database being full. */
async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'cubemig-bench-'));
  mkdirSync(join(folder, 'db'));
  const { name, knex } = openDatabase(folder, undefined);
  try {
    const store = await DatabaseMigrationStore.create(
      mockServices.database({ knex }),
    );
    const counts = {
      migrations: Number(flags.migrations),
      alerts: Number(flags.alerts),
    };
    await fillDatabase(knex, counts);
    console.log(
      `${name}, ${counts.migrations} migrations, ${counts.alerts} alerts: ms of processor time, median of ${ROUNDS}\n`,
    );
    for (const [question, ask] of await questionsTo(knex, store)) {
      const taken = await measure(ask);
      const isLate = taken > LIMIT;
      console.log(
        `${question.padEnd(44)}${taken.toFixed(1).padStart(8)}${
          isLate ? `  more than ${LIMIT}` : ''
        }`,
      );
      if (isLate) process.exitCode = 1;
    }
  } finally {
    await knex.destroy();
    rmSync(folder, { recursive: true });
  }
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
