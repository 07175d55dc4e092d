/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('response_rules', table => {
    table.comment('What is to be done about which alerts');
    table.string('id', 36).primary();
    table.integer('revision').notNullable();
    table.integer('position').notNullable().comment('Asked in this order');
    table.string('origin', 8).notNullable();
    table
      .string('config_key', 200)
      .nullable()
      .unique()
      .comment('The name in app-config of a rule that came from there');
    table.text('rule').notNullable().comment('As its author wrote it, JSON');
    table.string('updated_at', 32).notNullable().comment('ISO 8601, UTC');
    table.text('updated_by').notNullable();
    table
      .boolean('is_deleted')
      .notNullable()
      .comment('Kept, so that app-config does not bring it back');
  });

  await knex.schema.createTable('response_rule_revisions', table => {
    table.comment(
      'All that response rules ever were; rows are only ever added',
    );
    table.string('rule_id', 36).notNullable();
    table.integer('revision').notNullable();
    table.text('rule').nullable().comment('JSON; null where it was deleted');
    table.string('changed_at', 32).notNullable().comment('ISO 8601, UTC');
    table.text('changed_by').notNullable();
    table.primary(['rule_id', 'revision']);
  });

  await knex.schema.createTable('decisions', table => {
    table.comment('What was done about alerts, and why');
    table.string('id', 36).primary();
    table
      .string('alert_id', 36)
      .notNullable()
      .references('id')
      .inTable('alerts')
      .onDelete('CASCADE');
    table.string('rule_id', 36).notNullable();
    table.string('action', 64).notNullable();
    table.string('verdict', 16).notNullable();
    table.string('status', 24).notNullable();
    table.string('cluster', 253).notNullable();
    table.string('entity_ref', 512).nullable();
    table.string('kubernetes_id', 63).nullable();
    table
      .string('lineage', 640)
      .nullable()
      .comment('The workload from which its migrations started');
    table
      .boolean('touches_pod')
      .notNullable()
      .comment('Counts for limits, cooldown and breaker');
    table.string('migration_id', 64).nullable();
    table.string('created_at', 32).notNullable().comment('ISO 8601, UTC');
    table.string('updated_at', 32).notNullable().comment('ISO 8601, UTC');
    table.string('expires_at', 32).nullable().comment('ISO 8601, UTC');
    table.text('decision').notNullable().comment('As the API shows it, JSON');
    // An alert is decided upon once by each rule, whatever dies in the middle.
    table.unique(['alert_id', 'rule_id']);
    table.index(['created_at', 'id'], 'decisions_created_index');
    table.index(['status', 'created_at'], 'decisions_status_index');
    table.index(['lineage', 'created_at'], 'decisions_lineage_index');
    table.index(['rule_id', 'created_at'], 'decisions_rule_index');
  });

  await knex.schema.createTable('response_switch', table => {
    table.comment('One row: the switch over all automatic responses');
    table.integer('id').primary();
    table.boolean('is_on').notNullable();
    table.text('changed_by').nullable();
    table.string('changed_at', 32).nullable().comment('ISO 8601, UTC');
    table.text('reason').nullable();
  });
  await knex('response_switch').insert({ id: 1, is_on: true });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('response_switch');
  await knex.schema.dropTable('decisions');
  await knex.schema.dropTable('response_rule_revisions');
  await knex.schema.dropTable('response_rules');
};
