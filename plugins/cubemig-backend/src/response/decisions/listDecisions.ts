import {
  DecisionPage,
  ParsedDecisionQuery,
} from '@cubemig/plugin-cubemig-common';
import { Knex } from 'knex';
import { readPage } from '../../paging';
import { DecisionRow, toDecision } from './DecisionRow';

/** A page of decisions, newest first. */
export async function listDecisions(
  knex: Knex,
  query: Omit<ParsedDecisionQuery, 'entityRef'> & { kubernetesId?: string },
): Promise<DecisionPage> {
  const { limit, cursor } = query;
  const { rows, nextCursor } = await readPage<DecisionRow>(
    select(knex, query),
    { column: 'created_at', order: 'desc', cursor, limit },
    row => [row.created_at, row.id],
  );
  const counted = await select(knex, query).count({ total: '*' }).first();
  return {
    items: rows.map(toDecision),
    total: Number(counted?.total ?? 0),
    nextCursor,
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
