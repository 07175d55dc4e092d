import { ConflictError, NotFoundError } from '@backstage/errors';
import { DecisionStatus } from '@cubemig/plugin-cubemig-common';
import { Knex } from 'knex';
import { AlertLease, AlertRow, DatabaseAlertStore } from '../../alerts';
import { EarlierDecision } from '../guards';
import { DecisionRow, toDecision, toRecord, toRow } from './DecisionRow';
import { DecisionChange, DecisionRecord, DecisionStore } from './DecisionStore';
import { listDecisions } from './listDecisions';

/** As many as guards can need: limits and breakers count far fewer. */
const EARLIER = 1000;

/** Keeps decisions in Backstage's database: SQLite or PostgreSQL. */
export class DatabaseDecisionStore implements DecisionStore {
  constructor(
    private readonly knex: Knex,
    private readonly alerts: Pick<DatabaseAlertStore, 'whileHeld'>,
  ) {}

  async conclude(
    lease: AlertLease,
    alert: string,
    decisions: DecisionRecord[],
  ) {
    await this.alerts.whileHeld(lease, async transaction => {
      if (decisions.length > 0) {
        await transaction('decisions').insert(decisions.map(toRow));
      }
      await transaction<AlertRow>('alerts')
        .where({ id: alert })
        .update({
          stage: 'done',
          decision_id: decisions.at(-1)?.id ?? null,
        });
    });
  }

  async putOff(lease: AlertLease, alert: string, milliseconds: number) {
    await this.alerts.whileHeld(lease, transaction =>
      transaction<AlertRow>('alerts')
        .where({ id: alert, stage: 'decide' })
        .update({ due_at: new Date(Date.now() + milliseconds).toISOString() }),
    );
  }

  async get(id: string) {
    const row = await this.table().where({ id }).first();
    return row && toRecord(row);
  }

  async list(query: Parameters<DecisionStore['list']>[0]) {
    return listDecisions(this.knex, query);
  }

  async listOfAlert(alert: string) {
    const rows = await this.table()
      .where({ alert_id: alert })
      .orderBy('created_at', 'desc')
      .orderBy('id');
    return rows.map(toDecision);
  }

  async listByStatus(status: DecisionStatus[]) {
    const rows = await this.table()
      .whereIn('status', status)
      .orderBy('created_at')
      .limit(200);
    return rows.map(toRecord);
  }

  async listEarlier(
    selection: Parameters<DecisionStore['listEarlier']>[0],
  ): Promise<EarlierDecision[]> {
    const { cluster, lineage, since } = selection;
    const rows = await this.table()
      .select('decisions.*', {
        // The workload went on: the response did not stop what it was against.
        was_useless: this.knex('alerts')
          .whereRaw('alerts.lineage = decisions.lineage')
          .whereRaw('alerts.received_at > decisions.updated_at')
          .andWhere({ 'alerts.kind': 'alert' })
          .select(this.knex.raw('1'))
          .limit(1),
      })
      .where('created_at', '>', since)
      .andWhere(relevant => {
        relevant.where({ touches_pod: true });
        if (lineage) relevant.orWhere({ lineage });
        else relevant.orWhere({ cluster });
      })
      .whereNot({ status: 'not-acted' })
      // First of all, what was done to pods: an attacker can make as many of the others as he likes.
      .orderBy('touches_pod', 'desc')
      .orderBy('created_at', 'desc')
      .limit(EARLIER);
    return rows.map((row: DecisionRow & { was_useless: number | null }) => ({
      cluster: row.cluster,
      lineage: row.lineage ?? undefined,
      rule: row.rule_id,
      action: row.action,
      status: row.status,
      createdAt: Date.parse(row.created_at),
      touchesPod: Boolean(row.touches_pod),
      wasUseless:
        row.action === 'migrate' &&
        row.status === 'succeeded' &&
        Boolean(row.was_useless),
    }));
  }

  async update(lease: AlertLease, id: string, change: DecisionChange) {
    await this.alerts.whileHeld(lease, transaction =>
      this.change(transaction, id, change),
    );
  }

  async expire(lease: AlertLease) {
    const now = new Date().toISOString();
    return this.alerts.whileHeld(lease, async transaction => {
      const ids: string[] = await transaction<DecisionRow>('decisions')
        .where({ status: 'awaiting-approval' })
        .andWhere('expires_at', '<=', now)
        .pluck('id');
      for (const id of ids) {
        await this.change(
          transaction,
          id,
          { status: 'expired', outcome: 'Nobody approved it in time' },
          'awaiting-approval',
        );
      }
      return ids;
    });
  }

  async settle(id: string, by: Parameters<DecisionStore['settle']>[1]) {
    const { isApproved, actor, comment } = by;
    const found = await this.get(id);
    if (!found) throw new NotFoundError(`There is no decision '${id}'`);
    const isLate = found.expiresAt && Date.parse(found.expiresAt) <= Date.now();
    const settled =
      !isLate &&
      (await this.knex.transaction(transaction =>
        this.change(
          transaction,
          id,
          {
            status: isApproved ? 'pending' : 'rejected',
            actor,
            comment,
          },
          'awaiting-approval',
        ),
      ));
    if (!settled) {
      throw new ConflictError(
        `The decision does not wait for approval any more (${
          isLate ? 'expired' : found.status
        }); reload it`,
      );
    }
    return toDecision((await this.table().where({ id }).first())!);
  }

  async getSwitch() {
    const row = await this.knex('response_switch').where({ id: 1 }).first();
    return {
      isOn: Boolean(row.is_on),
      changedBy: row.changed_by ?? undefined,
      changedAt: row.changed_at ?? undefined,
      reason: row.reason ?? undefined,
    };
  }

  async setSwitch(isOn: boolean, by: string, reason?: string) {
    await this.knex('response_switch')
      .where({ id: 1 })
      .update({
        is_on: isOn,
        changed_by: by,
        changed_at: new Date().toISOString(),
        reason: reason ?? null,
      });
    return this.getSwitch();
  }

  /** Resolves to whether there was such a decision in the expected status. */
  private async change(
    transaction: Knex.Transaction,
    id: string,
    change: DecisionChange & { actor?: string; comment?: string },
    expected?: DecisionStatus,
  ): Promise<boolean> {
    const query = transaction<DecisionRow>('decisions').where({ id });
    if (expected) query.andWhere({ status: expected });
    const row = await query.forUpdate().first();
    if (!row) return false;
    const updatedAt = new Date().toISOString();
    const record = { ...toRecord(row), ...change, updatedAt };
    await transaction<DecisionRow>('decisions')
      .where({ id })
      .update(toRow(record));
    return true;
  }

  private table() {
    return this.knex<DecisionRow>('decisions');
  }
}
