/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('migrations', table => {
    table.comment('Migrations of pods between clusters');
    table.string('id', 64).primary();
    table.string('status', 16).notNullable();
    table.string('entity_ref', 512).nullable();
    table.string('created_at', 32).notNullable().comment('ISO 8601, UTC');
    table
      .string('active_pod', 640)
      .nullable()
      .unique()
      .comment(
        'cluster/namespace/name while the migration lasts: one at a time for a pod',
      );
    table
      .text('migration')
      .notNullable()
      .comment('The migration as the API shows it, JSON');
    table
      .text('facts')
      .notNullable()
      .comment('What finished steps found out for later ones, JSON');
    table
      .string('lease_holder', 64)
      .nullable()
      .comment('The worker that runs it');
    table.string('lease_until', 32).nullable().comment('ISO 8601, UTC');
    table
      .integer('lease_epoch')
      .notNullable()
      .comment(
        'Rises with every new holder; a write with an older one is refused',
      );
    table.index(['status', 'created_at'], 'migrations_status_index');
    table.index(['entity_ref', 'created_at'], 'migrations_entity_index');
  });

  await knex.schema.createTable('migration_events', table => {
    table.comment('The timelines of migrations; rows are only ever added');
    table
      .string('migration_id', 64)
      .notNullable()
      .references('id')
      .inTable('migrations')
      .onDelete('CASCADE');
    table.integer('sequence').notNullable();
    table.string('time', 32).notNullable().comment('ISO 8601, UTC');
    table.string('step', 32).nullable();
    table.string('level', 8).notNullable();
    table.text('message').notNullable();
    table.primary(['migration_id', 'sequence']);
  });

  await knex.schema.createTable('migration_objects', table => {
    table.comment(
      'What migrations made in clusters, written before it is made, so that it can be taken back',
    );
    table
      .string('migration_id', 64)
      .notNullable()
      .references('id')
      .inTable('migrations')
      .onDelete('CASCADE');
    table.integer('sequence').notNullable();
    table.string('step', 32).notNullable();
    table.string('cluster', 253).notNullable();
    table.string('kind', 64).notNullable();
    table.string('namespace', 63).notNullable();
    table.string('name', 253).notNullable();
    table.string('removed_at', 32).nullable().comment('ISO 8601, UTC');
    table.primary(['migration_id', 'sequence']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('migration_objects');
  await knex.schema.dropTable('migration_events');
  await knex.schema.dropTable('migrations');
};
