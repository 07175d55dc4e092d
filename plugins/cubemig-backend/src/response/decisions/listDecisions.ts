import { InputError } from '@backstage/errors';
import {
  DecisionPage,
  ParsedDecisionQuery,
} from '@cubemig/plugin-cubemig-common';
import { Knex } from 'knex';
import { DecisionRow, toDecision } from './DecisionRow';

/** A page of decisions, newest first. */
export async function listDecisions(
  knex: Knex,
  query: Omit<ParsedDecisionQuery, 'entityRef'> & { kubernetesId?: string },
): Promise<DecisionPage> {
  const { limit, cursor } = query;
  const rows = await select(knex, query)
    .modify(page => {
      if (cursor) startAfter(page, cursor);
    })
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(limit + 1);
  const counted = await select(knex, query).count({ total: '*' }).first();
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return {
    items: items.map(toDecision),
    total: Number(counted?.total ?? 0),
    nextCursor: last && `${last.created_at}_${last.id}`,
  };
}

function select(
  knex: Knex,
  query: Parameters<typeof listDecisions>[1],
): Knex.QueryBuilder {
  const { status, since } = query;
  const selected = knex<DecisionRow>('decisions');
  const equal = {
    verdict: query.verdict,
    rule_id: query.rule,
    alert_id: query.alert,
    cluster: query.cluster,
    kubernetes_id: query.kubernetesId,
  };
  for (const [column, value] of Object.entries(equal)) {
    if (value !== undefined) selected.where(column, value);
  }
  if (status) selected.whereIn('status', status);
  if (since) {
    selected.where('created_at', '>=', new Date(since).toISOString());
  }
  return selected;
}

function startAfter(query: Knex.QueryBuilder, cursor: string) {
  const [createdAt, id, ...rest] = cursor.split('_');
  if (!id || rest.length > 0) {
    throw new InputError(
      'cursor: is not one of this list; start again without it',
    );
  }
  query.andWhere(after =>
    after
      .where('created_at', '<', createdAt)
      .orWhere(same =>
        same.where({ created_at: createdAt }).where('id', '>', id),
      ),
  );
}
