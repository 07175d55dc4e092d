import { Knex } from 'knex';
import { databaseClock } from '../../migration/store/databaseClock';
import { AlertRow, fromRow, OccurrenceRow } from './AlertRow';
import {
  AlertLease,
  AlertLeaseLostError,
  AlertStore,
  AskedRules,
  ReceivedAlert,
  Resolution,
  ResolveOutcome,
} from './AlertStore';
import { expireAlerts } from './expireAlerts';
import { foldGroups, groupOccurrences } from './foldOccurrences';
import { isolateFailures } from './isolateFailures';
import { readOccurrence } from './readOccurrence';
import { troubleOf } from './troubleOf';

const LEASES = 'response_leases';
const LEASE = { name: 'alerts' };
/** Small enough that a sender's next alert does not wait long for SQLite's only connection. */
const FOLDED_AT_ONCE = 80;
/** Not longer, or what somebody else does with a CRIU afterwards would be counted as ours. */
const OWN_WINDOW_MS = 60_000;
const INSERTED_AT_ONCE = 250;

type Handling = Parameters<AlertStore['handle']>[1];

type Identified = Pick<ReceivedAlert, 'identity'>;

/** Keeps alerts in Backstage's database: SQLite or PostgreSQL. */
export class DatabaseAlertStore implements AlertStore {
  /** @param warn - told of what nothing can be done with */
  constructor(
    private readonly knex: Knex,
    private readonly warn: (message: string) => void = () => {},
  ) {}

  async add(received: ReceivedAlert[]) {
    const rows = received.map(({ receivedAt, ...alert }) => ({
      ...alert,
      received_at: receivedAt,
      bytes: Buffer.byteLength(alert.payload),
    }));
    const insert = (knex: Knex, some: typeof rows): Promise<Identified[]> =>
      knex('alert_occurrences')
        .insert(some)
        .onConflict('identity')
        .ignore()
        .returning('identity');
    // One statement needs no transaction, and half as many messages.
    const inserted =
      rows.length <= INSERTED_AT_ONCE
        ? await insert(this.knex, rows)
        : await this.knex.transaction(async transaction => {
            const all: Identified[] = [];
            for (let at = 0; at < rows.length; at += INSERTED_AT_ONCE) {
              const some = rows.slice(at, at + INSERTED_AT_ONCE);
              all.push(...(await insert(transaction, some)));
            }
            return all;
          });
    const added = new Set(inserted.map(({ identity }) => identity));
    // Of the same thing twice in one request, the first is the new one.
    return received.map(({ identity }) => added.delete(identity));
  }

  async hold(holder: string, milliseconds: number) {
    const now = databaseClock(this.knex);
    const [held] = await this.knex(LEASES)
      .where(LEASE)
      .andWhere(free =>
        free.where({ holder }).orWhereNull('until').orWhere('until', '<', now),
      )
      .update({
        epoch: this.knex.raw(
          'case when holder = ? then epoch else epoch + 1 end',
          [holder],
        ),
        holder,
        until: databaseClock(this.knex, milliseconds),
      })
      .returning('epoch');
    return held && { holder, epoch: held.epoch as number };
  }

  async release({ holder, epoch }: AlertLease) {
    await this.knex(LEASES)
      .where({ ...LEASE, holder, epoch })
      .update({ until: null });
  }

  async fold(lease: AlertLease, windowSeconds: number, rules?: AskedRules) {
    const rows = await this.knex<OccurrenceRow>('alert_occurrences')
      .whereNull('alert_id')
      .orderBy('id')
      .limit(FOLDED_AT_ONCE);
    if (rows.length === 0) return { received: 0, opened: [], grown: [] };
    const fold = (groups: ReturnType<typeof groupOccurrences>) =>
      this.whileHeld(lease, transaction =>
        foldGroups(transaction, groups, {
          windowSeconds,
          rules: rules?.identity,
        }),
      );
    const folded = await isolateFailures(
      rows,
      async some => fold(groupOccurrences(some, rules)),
      (row, error) => {
        this.warn(`Occurrence ${row.id} is left aside: ${error}`);
        return fold(groupOccurrences([row], rules, error));
      },
    );
    return {
      received: rows.length,
      opened: folded.flatMap(({ opened }) => opened),
      grown: folded.flatMap(({ grown }) => grown),
    };
  }

  async listDue(stage: 'resolve' | 'decide', limit: number) {
    const rows = await this.knex<AlertRow>('alerts')
      .where({ stage })
      .andWhere('due_at', '<=', new Date().toISOString())
      .orderBy('due_at')
      .limit(limit);
    return rows.map(fromRow);
  }

  async resolve(lease: AlertLease, outcomes: ResolveOutcome[]) {
    await isolateFailures(
      outcomes,
      some =>
        this.whileHeld(lease, async transaction => {
          for (const outcome of some) await this.settle(transaction, outcome);
        }),
      ({ id }, error) => {
        this.warn(`Alert ${id} is left aside: ${error}`);
        return this.whileHeld(lease, async transaction => {
          await transaction<AlertRow>('alerts')
            .where({ id })
            .update({ stage: 'done', trouble: troubleOf(error) });
        });
      },
    );
  }

  async getRecord(id: string) {
    const row = await this.knex<AlertRow>('alerts').where({ id }).first();
    return row && fromRow(row);
  }

  async listSince(since: string, limit: number) {
    const rows = await this.knex<AlertRow>('alerts')
      .where({ kind: 'alert' })
      .andWhere('last_at', '>=', since)
      .orderBy('last_at', 'desc')
      .limit(limit);
    return rows.reverse().map(fromRow);
  }

  async listOccurrences(alert: string, limit: number) {
    const rows = await this.knex<OccurrenceRow>('alert_occurrences')
      .where({ alert_id: alert })
      .orderBy('id', 'desc')
      .limit(limit);
    return rows.map(row => ({
      fields: readOccurrence(row).fields,
      receivedAt: row.received_at,
    }));
  }

  async handle(id: string, { state, by, reason }: Handling) {
    const now = fromNow(0);
    const handled = await this.knex<AlertRow>('alerts')
      .where({ id })
      .andWhere(free =>
        free.whereNull('handling').orWhereNot('handling', 'closed'),
      )
      .update({
        handling: state,
        handled_by: by,
        handled_at: now,
        handling_reason: reason ?? null,
        ...(state === 'closed' && {
          window_until: this.earlier(now),
        }),
      });
    return handled > 0;
  }

  async expire(limits: Parameters<AlertStore['expire']>[0]) {
    return expireAlerts(this.knex, limits);
  }

  private async settle(
    transaction: Knex.Transaction,
    { id, found, causedBy, retryAfterMs }: ResolveOutcome,
  ) {
    const alert = transaction<AlertRow>('alerts').where({
      id,
      stage: 'resolve',
    });
    if (causedBy) {
      await alert.update({
        kind: 'own',
        caused_by: causedBy,
        stage: 'done',
        window_until: this.earlier(fromNow(OWN_WINDOW_MS)),
      });
    } else if (retryAfterMs === undefined) {
      await alert.update({
        stage: 'decide',
        due_at: fromNow(0),
        ...(found && columnsOf(found)),
      });
    } else {
      await alert
        .update({ due_at: fromNow(retryAfterMs) })
        .increment('attempts', 1);
    }
  }

  /** The end of an alert's window, if that is not over before. */
  private earlier(end: string) {
    return this.knex.raw(
      'case when window_until > ? then ? else window_until end',
      [end, end],
    ) as unknown as string;
  }

  /** Runs a transaction that only the lease's holder may commit. */
  async whileHeld<T>(
    { holder, epoch }: AlertLease,
    work: (transaction: Knex.Transaction) => Promise<T>,
  ): Promise<T> {
    return this.knex.transaction(async transaction => {
      const held = await transaction(LEASES)
        .where({ ...LEASE, holder, epoch })
        .forUpdate()
        .first('name');
      if (!held) throw new AlertLeaseLostError();
      return work(transaction);
    });
  }
}

function columnsOf(found: Resolution): Partial<AlertRow> {
  return {
    namespace: found.namespace,
    pod: found.pod,
    pod_uid: found.podUid,
    pod_labels: JSON.stringify(found.podLabels),
    ...(found.container && { container: found.container }),
    workload_kind: found.workload.kind,
    workload_name: found.workload.name,
    kubernetes_id: found.kubernetesId ?? null,
    entity_ref: found.entityRef ?? null,
    lineage: found.lineage,
  };
}

function fromNow(milliseconds: number) {
  return new Date(Date.now() + milliseconds).toISOString();
}
