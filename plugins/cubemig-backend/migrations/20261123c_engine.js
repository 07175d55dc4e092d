/** The request of a migration that was stored before requests were. */
function orderOf({ source, target, entityRef, reason }) {
  return {
    mode: 'move',
    sourceCluster: source.cluster,
    targetCluster: target.cluster,
    namespace: source.namespace,
    pod: source.pod,
    podUid: source.uid,
    quarantine: false,
    contain: 'none',
    copyConfigMaps: false,
    copySecrets: false,
    copyVolumes: true,
    aiAssessment: false,
    entityRef,
    reason,
  };
}

/**
 * Fills the new columns from what the migrations say, and what migrations did not say then with what was true.
 *
 * @param {import('knex').Knex} knex
 */
async function backfill(knex) {
  const rows = await knex('migrations').select('id', 'migration', 'facts');
  for (const row of rows) {
    const stored = JSON.parse(row.migration);
    const migration = {
      mode: 'move',
      trigger: { kind: 'user' },
      attempt: 1,
      order: orderOf(stored),
      ...stored,
    };
    const { source, target } = migration;
    await knex('migrations')
      .where({ id: row.id })
      .update({
        mode: migration.mode,
        trigger_kind: migration.trigger.kind,
        created_by: migration.createdBy,
        finished_at: migration.finishedAt ?? '',
        source_cluster: source.cluster,
        target_cluster: target?.cluster,
        namespace: source.namespace,
        pod: source.pod,
        workload: source.owner?.name ?? '',
        source_node: source.node,
        is_source_stopping: JSON.parse(row.facts).isSourceStopping === true,
        migration: JSON.stringify(migration),
      });
  }
}

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('migrations', table => {
    table.string('mode', 16).notNullable().defaultTo('move');
    table.string('trigger_kind', 16).notNullable().defaultTo('user');
    table.string('created_by', 512).notNullable().defaultTo('');
    table
      .string('finished_at', 32)
      .notNullable()
      .defaultTo('')
      .comment('ISO 8601, UTC; empty while it lasts');
    table.string('source_cluster', 253).notNullable().defaultTo('');
    table.string('target_cluster', 253).nullable();
    table.string('namespace', 63).notNullable().defaultTo('');
    table.string('pod', 253).notNullable().defaultTo('');
    table
      .string('workload', 253)
      .notNullable()
      .defaultTo('')
      .comment('Its name; empty for a bare pod');
    table.string('source_node', 253).nullable();
    table
      .boolean('is_source_stopping')
      .notNullable()
      .defaultTo(false)
      .comment('From then on it goes forward only and cannot be cancelled');
    table.string('cancelled_by', 512).nullable();
    table
      .string('held_by', 512)
      .nullable()
      .comment('Who keeps its checkpoints from retention');
    table.index(['created_at', 'id'], 'migrations_created_index');
    table.index(['finished_at', 'id'], 'migrations_finished_index');
    table.index(['pod', 'id'], 'migrations_pod_index');
    table.index(
      ['source_cluster', 'namespace', 'workload', 'created_at'],
      'migrations_workload_index',
    );
  });
  await knex.schema.alterTable('migration_objects', table => {
    table
      .string('uid', 64)
      .nullable()
      .comment('Known as soon as the cluster has said that it was made');
    table.index(['removed_at', 'migration_id'], 'migration_objects_left_index');
  });
  await knex.schema.createTable('migration_turn', table => {
    table.comment('One row: whoever has locked it decides what begins next');
    table.integer('id').primary();
  });
  await knex('migration_turn').insert({ id: 1 });
  await backfill(knex);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('migration_turn');
  await knex.schema.alterTable('migration_objects', table => {
    table.dropIndex([], 'migration_objects_left_index');
    table.dropColumn('uid');
  });
  await knex.schema.alterTable('migrations', table => {
    for (const name of ['created', 'finished', 'pod', 'workload']) {
      table.dropIndex([], `migrations_${name}_index`);
    }
    table.dropColumns(
      'mode',
      'trigger_kind',
      'created_by',
      'finished_at',
      'source_cluster',
      'target_cluster',
      'namespace',
      'pod',
      'workload',
      'source_node',
      'is_source_stopping',
      'cancelled_by',
      'held_by',
    );
  });
};
