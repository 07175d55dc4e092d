/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('alerts', table => {
    table.comment(
      'Falco alerts; what is alike within a window is one of them, with many occurrences',
    );
    table.string('id', 36).primary();
    table
      .string('fold_key', 64)
      .notNullable()
      .comment('A hash of all that makes occurrences alike');
    table
      .string('window_until', 32)
      .notNullable()
      .comment('ISO 8601, UTC: what comes later opens a new alert');
    table
      .string('stage', 8)
      .notNullable()
      .comment('resolve: its pod is looked for; decide: rules are asked; done');
    table
      .string('due_at', 32)
      .notNullable()
      .comment('ISO 8601, UTC: when its stage is tried next');
    table.integer('attempts').notNullable().comment('Of the stage resolve');
    table.string('kind', 8).notNullable();
    table.string('cluster', 253).notNullable();
    table.text('rule').notNullable();
    table
      .smallint('priority')
      .notNullable()
      .comment('0 is Emergency, 7 is Debug');
    table.string('source', 128).notNullable();
    table.text('tags').notNullable().comment('JSON');
    table.text('hostname').nullable();
    table.string('namespace', 253).nullable();
    table.string('pod', 253).nullable();
    table.string('container', 253).nullable();
    table.string('container_id', 64).nullable();
    table.text('image').nullable();
    table.string('workload_kind', 64).nullable();
    table.string('workload_name', 253).nullable();
    table.string('kubernetes_id', 63).nullable();
    table.string('entity_ref', 512).nullable();
    table.string('pod_uid', 64).nullable();
    table.text('pod_labels').notNullable().comment('JSON');
    table
      .string('lineage', 640)
      .nullable()
      .comment('The workload from which its migrations started');
    table.text('command').nullable();
    table.text('output').notNullable();
    table.text('fields').notNullable().comment('output_fields, JSON');
    table.integer('occurrences').notNullable();
    table.string('first_at', 32).notNullable().comment('ISO 8601, UTC');
    table.string('last_at', 32).notNullable().comment('ISO 8601, UTC');
    table
      .integer('last_minute')
      .notNullable()
      .comment('last_at in minutes since 1970, to count by');
    table.string('received_at', 32).notNullable().comment('ISO 8601, UTC');
    table.string('decision_id', 36).nullable().comment('The newest');
    table.index(['fold_key', 'window_until'], 'alerts_fold_index');
    table.index(['last_at', 'id'], 'alerts_last_index');
    table.index(['stage', 'due_at'], 'alerts_due_index');
    table.index(['kubernetes_id', 'last_at'], 'alerts_entity_index');
    table.index(['lineage', 'last_at'], 'alerts_lineage_index');
  });

  await knex.schema.createTable('alert_occurrences', table => {
    table.comment(
      'Alerts as they came in; stored before the sender is answered',
    );
    table.bigIncrements('id');
    table
      .string('alert_id', 36)
      .nullable()
      .references('id')
      .inTable('alerts')
      .onDelete('CASCADE')
      .comment('Null until it was looked at');
    table.string('cluster', 253).notNullable();
    table.string('received_at', 32).notNullable().comment('ISO 8601, UTC');
    table.text('payload').notNullable().comment('The JSON text as it came');
    table.index(['alert_id', 'id'], 'alert_occurrences_alert_index');
  });

  await knex.schema.createTable('response_leases', table => {
    table.comment('Which backend instance does what only one may do');
    table.string('name', 32).primary();
    table.string('holder', 64).nullable();
    table.string('until', 32).nullable().comment('ISO 8601, UTC');
    table
      .integer('epoch')
      .notNullable()
      .comment(
        'Rises with every new holder; a write with an older one is refused',
      );
  });
  await knex('response_leases').insert({ name: 'alerts', epoch: 0 });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('response_leases');
  await knex.schema.dropTable('alert_occurrences');
  await knex.schema.dropTable('alerts');
};
