const NAME = 'alerts_counts_index';
const COLUMNS = [
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

/**
 * All that a dashboard counts by, so that SQLite need not read whole alerts for it. PostgreSQL reads them fast enough, and would refuse an
 * alert whose texts do not fit into a page of the index.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  if (knex.client.config.client === 'pg') return;
  await knex.schema.alterTable('alerts', table => {
    table.index(COLUMNS, NAME);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  if (knex.client.config.client === 'pg') return;
  await knex.schema.alterTable('alerts', table => {
    table.dropIndex(COLUMNS, NAME);
  });
};
