import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BackendProcess } from './BackendProcess';
import { measureRate } from './measureRate';
import { openDatabase } from './openDatabase';
import { watchStorm } from './watchStorm';

const PORT = 7399;
const { values: flags } = parseArgs({
  options: {
    rate: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '60' },
    /** A connection string; SQLite without it. */
    postgres: { type: 'string' },
    /** Instead of the rate: what comes of many alerts of one kind. */
    storm: { type: 'boolean', default: false },
    alerts: { type: 'string', default: '100000' },
  },
});

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'cubemig-bench-'));
  const { name, database, knex } = openDatabase(folder, flags.postgres);
  const backend = new BackendProcess(PORT, database);
  try {
    console.log(`${name}:`);
    const isGood = flags.storm
      ? await watchStorm(backend, knex, Number(flags.alerts))
      : await measureRate(backend, knex, {
          rate: Number(flags.rate),
          seconds: Number(flags.seconds),
        });
    if (!isGood) process.exitCode = 1;
  } finally {
    await backend.kill();
    await knex.destroy();
    rmSync(folder, { recursive: true });
  }
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
