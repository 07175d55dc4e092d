import { priorities } from '@cubemig/plugin-cubemig-common';
import { Knex } from 'knex';
import { AlertSelection } from './AlertReader';

const SEARCHED = ['rule', 'output', 'pod', 'workload_name', 'command'];

/** Narrows a query of the table `alerts`. */
export function selectAlerts(
  query: Knex.QueryBuilder,
  selection: AlertSelection,
): void {
  const { cluster, priority, kind, status, since, until, text } = selection;
  const equal = {
    'alerts.rule': selection.rule,
    'alerts.namespace': selection.namespace,
    'alerts.pod': selection.pod,
    'alerts.workload_name': selection.workload,
    'alerts.kubernetes_id': selection.kubernetesId,
  };
  for (const [column, value] of Object.entries(equal)) {
    if (value !== undefined) query.where(column, value);
  }
  if (cluster) query.whereIn('alerts.cluster', cluster);
  if (kind) query.whereIn('alerts.kind', kind);
  if (priority) {
    query.whereIn(
      'alerts.priority',
      priority.map(name => priorities.indexOf(name)),
    );
  }
  const { handling } = selection;
  if (handling) {
    query.andWhere(any => {
      any.whereIn(
        'alerts.handling',
        handling.filter(state => state !== 'none'),
      );
      if (handling.includes('none')) any.orWhereNull('alerts.handling');
    });
  }
  if (since) query.where('alerts.last_at', '>=', toUtc(since));
  if (until) query.where('alerts.last_at', '<', toUtc(until));
  if (status) {
    const operator = status === 'open' ? '>' : '<=';
    query.where('alerts.window_until', operator, new Date().toISOString());
  }
  if (text) {
    const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
    // SQLite's own `like` knows no case, and is quicker than `lower` for texts of this length.
    const like = query.client.config.client === 'pg' ? 'ilike' : 'like';
    query.andWhere(any => {
      for (const column of SEARCHED) {
        any.orWhereRaw(`?? ${like} ? escape '\\'`, [
          `alerts.${column}`,
          pattern,
        ]);
      }
    });
  }
}

/** Stored times are UTC with milliseconds and compare as text. */
function toUtc(time: string) {
  return new Date(time).toISOString();
}
