import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startLab } from './lab.mjs';
import { stopAll } from './processes.mjs';
import { Campaign, summarize } from './reliability/Campaign.mjs';
import { chooseFault, chooseShortFault } from './reliability/faults.mjs';
import { startPostgres } from './reliability/postgres.mjs';
import { Replicas } from './reliability/Replicas.mjs';
import { say } from './reliability/say.mjs';
import { World } from './reliability/World.mjs';
import { root } from './root.mjs';
import { steps } from './steps.mjs';
import { runTool } from './tools.mjs';

/** A run without kills takes about that long, in half-seconds. */
const HALF_SECONDS = 16;
const CROWD = 200;

/**
 * `npm run reliability`: kills backends at each step and in each half-second of migrations, one backend and three, and lets 200 migrations
 * run at once among faults and kills. Nothing may be lost, doubled or left behind. Writes docs/reliability.md. Takes about 35 minutes on two
 * cores that have nothing else to do.
 *
 * `-- --sample`: ten kills among a stream of migrations, for CI; `--report <file>` is told how many went right and how many wrong, JSON. `-- --crowd 50`: a smaller crowd; `-- --stride
 * 4`: only each fourth half-second; `-- --only crowd`: nothing but the crowd, and no page of it.
 */
export async function reliability(args) {
  const { values } = parseArgs({
    args,
    options: {
      sample: { type: 'boolean', default: false },
      report: { type: 'string' },
      crowd: { type: 'string', default: String(CROWD) },
      stride: { type: 'string', default: '1' },
      only: { type: 'string' },
    },
  });
  const stateDir = join(root, '.cubemig/reliability');
  try {
    const lab = await startLab({
      stateDir: join(stateDir, 'lab'),
      portBase: 19440,
      subnet: 101,
    });
    const { connection, query } = await startPostgres(19432);
    rmSync(join(stateDir, 'backends'), { recursive: true, force: true });
    const world = new World(lab);
    const replicas = new Replicas({
      lab,
      connection,
      port: 19507,
      stateDir: join(stateDir, 'backends'),
      settings: {
        concurrency: 16,
        limits: { overall: 32, perCluster: 32, perNode: 16 },
      },
    });
    const findingsDir = join(stateDir, 'findings');
    rmSync(findingsDir, { recursive: true, force: true });
    const begin = () => new Campaign({ world, replicas, query, findingsDir });
    if (values.sample) {
      await replicas.start(3);
      const campaign = begin();
      await strikeStream(campaign, replicas, 10);
      return conclude([campaign], values.report);
    }
    const size = Number(values.crowd);
    if (values.only === 'crowd') {
      await replicas.start(3);
      const crowd = begin();
      await strikeCrowd(crowd, { world, replicas, size });
      return conclude([crowd], values.report);
    }
    const campaigns = [];
    for (const count of [1, 3]) {
      say(`== ${count} backend(s)`);
      await replicas.start(count);
      const campaign = begin();
      campaign.title = `${count} backend(s)`;
      await strikeSteps(campaign);
      await strikeHalfSeconds(campaign, Number(values.stride));
      campaigns.push(campaign);
      writePage(campaigns, values);
      if (count === 1) await replicas.stop();
    }
    say(`== ${size} migrations at once`);
    const crowd = begin();
    crowd.title = `${size} migrations at once, three backends`;
    await strikeCrowd(crowd, { world, replicas, size });
    campaigns.push(crowd);
    writePage(campaigns, values);
    return conclude(campaigns);
  } finally {
    await stopAll();
  }
}

async function strikeSteps(campaign) {
  for (const step of steps) {
    await campaign.strike(`step ${step}`, migrations =>
      migrations.find(migration =>
        migration.steps.some(
          ({ name, status }) => name === step && status === 'running',
        ),
      ),
    );
  }
}

async function strikeHalfSeconds(campaign, stride) {
  let isFaulty = false;
  for (let half = 1; half <= HALF_SECONDS; half += stride) {
    isFaulty = !isFaulty;
    const fault = isFaulty ? chooseFault() : undefined;
    const title = `after ${(half / 2).toFixed(1)} s${
      fault ? `, ${fault.fault}` : ''
    }`;
    await campaign.strike(title, (_, elapsed) => elapsed >= half * 500, fault);
  }
}

/** A few migrations, and kills one after the other while they run. */
async function strikeStream(campaign, replicas, kills) {
  const kinds = ['bare', 'new', 'known', 'bare', 'bare', 'new'];
  const workloads = await campaign.makeWorkloads(kinds);
  const ids = await campaign.begin(workloads);
  const killed = await killRepeatedly(replicas, kills, 2_000);
  await campaign.settle(`${killed} kills`, workloads, ids, {});
}

async function strikeCrowd(campaign, { world, replicas, size }) {
  const kinds = Array.from({ length: size }, () => 'bare');
  const workloads = [];
  // The lab starts them in the same process that serves two clusters.
  for (let at = 0; at < size; at += 20) {
    workloads.push(...(await campaign.makeWorkloads(kinds.slice(at, at + 20))));
  }
  const ids = await campaign.begin(workloads);
  say(`${size} migrations have begun`);
  const calm = new AbortController();
  const troubling = trouble(world, calm.signal);
  const killed = await killRepeatedly(replicas, 10, 10_000);
  calm.abort();
  await troubling;
  await campaign.settle(
    `${size} migrations, ${killed} kills, faults all the time`,
    workloads,
    ids,
    {},
  );
}

/** One fault after the other, until the signal aborts; then none. */
async function trouble(world, signal) {
  while (!signal.aborted) {
    await wait(5_000, undefined, { signal }).catch(() => {});
    await world.setFault(undefined);
    if (!signal.aborted) await world.setFault(chooseShortFault());
  }
  await world.setFault(undefined);
}

async function killRepeatedly(replicas, kills, pauseMs) {
  for (let kill = 0; kill < kills; kill += 1) {
    await wait(pauseMs);
    await replicas.kill();
    await replicas.revive();
    say(`kill ${kill + 1} of ${kills}`);
  }
  return kills;
}

function conclude(campaigns, report) {
  const wrong = campaigns.flatMap(campaign => campaign.wrong);
  const ended = campaigns.flatMap(({ strikes }) =>
    strikes.flatMap(({ outcomes }) => outcomes),
  );
  console.log(`\n${ended.length} migrations: ${summarize(ended)}`);
  console.log(
    wrong.length === 0
      ? 'Nothing lost, doubled or left behind.'
      : `WRONG:\n  ${wrong.join('\n  ')}`,
  );
  if (report) {
    const failed = Math.min(wrong.length, ended.length);
    writeFileSync(
      report,
      JSON.stringify({ passed: ended.length - failed, failed }),
    );
  }
  return wrong.length === 0 ? 0 : 1;
}

function writePage(campaigns, { stride }) {
  const rows = campaigns.flatMap(({ title, strikes }) => [
    `\n## ${title}\n`,
    '| When | What was struck | How all ended | Taken over | in | Wrong |',
    '| --- | --- | --- | --: | --: | --: |',
    ...strikes.map(({ title: when, ...strike }) =>
      [
        '',
        when,
        strike.struck ? summarize(strike.struck) || 'nothing' : 'many',
        summarize(strike.outcomes),
        strike.takeOvers,
        strike.takeOver === undefined ? '-' : `${strike.takeOver} s`,
        strike.wrong.length,
        '',
      ]
        .join(' | ')
        .trim(),
    ),
  ]);
  const wrong = campaigns.flatMap(campaign => campaign.wrong);
  const outcomes = campaigns.flatMap(({ strikes }) =>
    strikes.flatMap(strike => strike.outcomes),
  );
  const [{ model }] = cpus();
  const template = readFileSync(join(root, 'scripts/reliability.md'), 'utf8');
  mkdirSync(join(root, 'docs'), { recursive: true });
  writeFileSync(
    join(root, 'docs/reliability.md'),
    template
      .replace('{{stride}}', stride === '1' ? 'each' : `each ${stride}th`)
      .replace('{{total}}', String(outcomes.length))
      .replace('{{outcomes}}', summarize(outcomes))
      .replace(
        '{{verdict}}',
        wrong.length === 0
          ? '**Nothing was lost, doubled or left behind.**'
          : `**${wrong.length} things were wrong:**\n\n- ${wrong.join('\n- ')}`,
      )
      .replace('{{tables}}', rows.join('\n'))
      .replace('{{machine}}', `${cpus().length} cores (${model})`)
      .replace('{{date}}', new Date().toISOString().slice(0, 10)),
  );
  runTool('prettier', ['--write', 'docs/reliability.md'], { isQuiet: true });
}
