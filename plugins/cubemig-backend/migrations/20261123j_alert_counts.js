const COUNTS = 'alerts_counts_index';
const OLD_COLUMNS = [
  'last_at',
  'last_minute',
  'kind',
  'cluster',
  'priority',
  'rule',
  'namespace',
  'workload_kind',
  'workload_name',
  'occurrences',
  'window_until',
];
const FILTERED = [
  'kind',
  'last_at',
  'priority',
  'handling',
  'window_until',
  'occurrences',
];
/**
 * The order in which a dashboard groups them: SQLite need not sort all alerts for it. What people filter by is in there, too, or it would
 * read whole alerts in that order.
 */
const GROUPED = {
  alerts_rules_index: ['rule', 'cluster', 'namespace', ...FILTERED],
  alerts_workloads_index: [
    'workload_name',
    'cluster',
    'namespace',
    'workload_kind',
    'rule',
    ...FILTERED,
  ],
};

/**
 * For SQLite only, as the index that this widens.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  if (knex.client.config.client === 'pg') return;
  await knex.schema.alterTable('alerts', table => {
    table.dropIndex(OLD_COLUMNS, COUNTS);
    table.index([...OLD_COLUMNS, 'handling'], COUNTS);
    for (const [name, columns] of Object.entries(GROUPED)) {
      table.index(columns, name);
    }
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  if (knex.client.config.client === 'pg') return;
  await knex.schema.alterTable('alerts', table => {
    for (const [name, columns] of Object.entries(GROUPED)) {
      table.dropIndex(columns, name);
    }
    table.dropIndex([...OLD_COLUMNS, 'handling'], COUNTS);
    table.index(OLD_COLUMNS, COUNTS);
  });
};
