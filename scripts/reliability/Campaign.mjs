import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { waitUntil } from '../processes.mjs';
import { say, sayNowAndThen } from './say.mjs';

const OVER = ['completed', 'failed', 'cancelled'];
const KINDS = ['bare', 'new', 'known', 'bare'];
/** How long nothing at all may get on before migrations are given up. */
const PATIENCE_S = 240;
/** How long to pause for each migration that was asked for. */
const PAUSE_EACH_MS = 20;

/** Kills backends in the middle of migrations, and keeps the books. */
export class Campaign {
  /** One for each kill, or round of kills. */
  strikes = [];
  /** All that was not as it must be. */
  wrong = [];
  #world;
  #replicas;
  #query;
  #findingsDir;
  #count = 0;

  constructor({ world, replicas, query, findingsDir }) {
    this.#world = world;
    this.#replicas = replicas;
    this.#findingsDir = findingsDir;
    this.#query = sql => query('backstage_plugin_cubemig', sql);
  }

  /**
   * Migrates workloads of every kind at the same time and kills the backend that runs one of them as soon as `isTime` says so; then
   * waits for the end of all and looks at the world.
   *
   * @param isTime - asked again and again: the migrations as the API tells them, and the milliseconds since the first began. Answers the
   * migration whose backend is to be killed, or true for any
   */
  async strike(title, isTime, fault) {
    await this.#strike(title, isTime, fault).catch(async error => {
      // One round that cannot be held is no reason to give up the others.
      this.wrong.push(`${title}: ${error.message}`);
      say(`${title}: WRONG ${error.stack}`);
      await this.#world.setFault(undefined);
      await this.#replicas.revive();
    });
  }

  async #strike(title, isTime, fault) {
    const workloads = await this.makeWorkloads(KINDS);
    const ids = await this.begin(workloads);
    if (fault) await this.#world.setFault(fault);
    const startedAt = Date.now();
    let seen = [];
    let cause;
    await waitUntil('the moment to kill', async () => {
      seen = await this.#readAll(ids);
      const isLate = seen.every(({ status }) => OVER.includes(status));
      cause = isTime(seen, Date.now() - startedAt);
      return isLate || Boolean(cause);
    });
    const struck = this.#holders(ids);
    const target = [cause, ...seen].find(found => struck.has(found?.id))?.id;
    const pid = await this.#replicas.kill(struck.get(target)?.pid);
    const killedAt = Date.now();
    const reviving = this.#replicas.revive();
    const orphaned = [...struck].filter(([, holder]) => holder.pid === pid);
    const takeOver = await this.#awaitTakeOver(orphaned, killedAt);
    await reviving;
    await this.settle(title, workloads, ids, {
      struck: orphaned.map(([id]) => stepOf(seen.find(m => m.id === id))),
      takeOver,
    });
  }

  async makeWorkloads(kinds) {
    return Promise.all(
      kinds.map(kind => {
        this.#count += 1;
        return this.#world.make(`w${this.#count}`, kind);
      }),
    );
  }

  async begin(workloads) {
    return Promise.all(
      workloads.map(async ({ pod, uid }) => {
        const started = this.#replicas.ask('/migrations', {
          method: 'POST',
          body: JSON.stringify({
            sourceCluster: 'cluster1',
            targetCluster: 'cluster2',
            namespace: 'demo',
            pod,
            podUid: uid,
          }),
        });
        // The answer may have been lost with the backend that gave it, and asking again was refused.
        const { id } = await started.catch(() => this.#find(pod));
        return id;
      }),
    );
  }

  async #find(pod) {
    const { items } = await this.#replicas.ask(`/migrations?pod=${pod}`);
    if (items.length === 0) throw new Error(`no migration of ${pod} began`);
    return items[0];
  }

  /** Waits while any of them gets on: a crowd takes its time, and must not be kept from its work by being asked how it does. */
  async #awaitEnds(ids) {
    const latest = new Map();
    const isOver = id => OVER.includes(latest.get(id)?.status);
    let known = '';
    let newsAt = Date.now();
    for (;;) {
      const open = ids.filter(id => !isOver(id));
      const seen = await this.#readAll(open).catch(() => []);
      for (const migration of seen) latest.set(migration.id, migration);
      const news = JSON.stringify(seen);
      if (news !== known) newsAt = Date.now();
      known = news;
      const left = ids.filter(id => !isOver(id)).length;
      const isStuck = Date.now() - newsAt > PATIENCE_S * 1000;
      if (left === 0 || isStuck) return ids.map(id => latest.get(id));
      if (ids.length > KINDS.length) {
        sayNowAndThen(`${ids.length - left} of ${ids.length} are over`);
      }
      await wait(200 + left * PAUSE_EACH_MS);
    }
  }

  /** Waits for the end of migrations, judges what has become of the workloads and removes those. */
  async settle(title, workloads, ids, entry) {
    const ended = await this.#awaitEnds(ids);
    await this.#world.setFault(undefined);
    await Promise.all(ended.map(migration => this.#keepTraces(migration)));
    const wrong = [];
    for (const [index, workload] of workloads.entries()) {
      const migration = ended[index];
      if (OVER.includes(migration.status)) {
        wrong.push(...(await this.#world.judge(workload, migration)));
        wrong.push(...(await this.#findRepetition(migration)));
      } else {
        wrong.push(`${migration.id} is ${migration.status} for ever`);
      }
    }
    await waitUntil(
      'nothing left behind',
      async () => (await this.#world.leftovers()).length === 0,
      { seconds: 20 },
    ).catch(() => {});
    wrong.push(...(await this.#world.leftovers()).map(name => `left: ${name}`));
    const takeOvers = this.#countTakeOvers(ids);
    const outcomes = ended.map(({ status, failure }) =>
      failure ? `failed (${failure.code})` : status,
    );
    this.strikes.push({ title, outcomes, wrong, takeOvers, ...entry });
    this.wrong.push(...wrong.map(text => `${title}: ${text}`));
    const struck = entry.struck ? summarize(entry.struck) || 'nothing' : 'many';
    say(
      `${title}: struck ${struck}; ${summarize(
        outcomes,
      )}; ${takeOvers} taken over${
        entry.takeOver ? ` in ${entry.takeOver} s` : ''
      }${wrong.length > 0 ? `\n  WRONG ${wrong.join('\n  WRONG ')}` : ''}`,
    );
    await Promise.all(workloads.map(workload => this.#world.remove(workload)));
  }

  /** Whatever tells why a migration did not complete, while it is still there. */
  async #keepTraces(migration) {
    const { id, status, failure } = migration;
    if (status === 'completed') return;
    const [{ items: timeline }, traces] = await Promise.all([
      this.#replicas.ask(`/migrations/${id}/timeline`),
      this.#world.traces(id),
    ]);
    mkdirSync(this.#findingsDir, { recursive: true });
    writeFileSync(
      join(this.#findingsDir, `${id}.json`),
      JSON.stringify({ migration, timeline, ...traces }, undefined, 2),
    );
    console.log(
      `${id}: ${status} ${failure?.code ?? ''} ${failure?.message ?? ''}`,
    );
  }

  /** The process that runs each migration. */
  #holders(ids) {
    const rows = this.#query(
      `select id, lease_holder, lease_epoch from migrations where id in (${list(
        ids,
      )}) and status in ('running', 'undoing') and lease_holder is not null`,
    );
    return new Map(
      rows.map(([id, holder, epoch]) => [
        id,
        { pid: Number.parseInt(holder, 10), epoch: Number(epoch) },
      ]),
    );
  }

  /** How often a backend went on with what another had begun. */
  #countTakeOvers(ids) {
    const [[sum]] = this.#query(
      `select coalesce(sum(lease_epoch - 1), 0) from migrations where id in (${list(
        ids,
      )}) and lease_epoch > 0`,
    );
    return Number(sum);
  }

  /** How long it takes until others run what a killed backend has left, in seconds; undefined if it has left nothing. */
  async #awaitTakeOver(orphaned, killedAt) {
    if (orphaned.length === 0) return undefined;
    await waitUntil(
      'the take-over',
      async () => {
        const now = this.#holders(orphaned.map(([id]) => id));
        return orphaned.every(
          ([id, { epoch }]) => !now.has(id) || now.get(id).epoch > epoch,
        );
      },
      { seconds: 90 },
    ).catch(error => this.wrong.push(error.message));
    return Math.round((Date.now() - killedAt) / 100) / 10;
  }

  /** Two backends that ran one migration would have ended it twice, or written over each other's lines. */
  async #findRepetition({ id }) {
    const { items } = await this.#replicas.ask(`/migrations/${id}/timeline`);
    const sequence = items.map(event => event.sequence);
    const isWhole = sequence.every((number, index) => number === index + 1);
    const ends = items.filter(({ message }) =>
      /^(Completed|Failed|Cancelled)\b.*(runs on|undone)/.test(message),
    );
    return [
      ...(isWhole ? [] : [`${id}: its timeline has gaps`]),
      ...(ends.length === 1 ? [] : [`${id}: it ended ${ends.length} times`]),
    ];
  }

  async #readAll(ids) {
    return Promise.all(ids.map(id => this.#replicas.ask(`/migrations/${id}`)));
  }
}

function list(ids) {
  return ids.map(id => `'${id}'`).join(', ');
}

function stepOf({ status, steps }) {
  const { name = status } = steps.find(s => s.status === 'running') ?? {};
  return name;
}

export function summarize(outcomes) {
  const counts = new Map();
  for (const outcome of outcomes) {
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  return [...counts].map(([what, count]) => `${count} ${what}`).join(', ');
}
