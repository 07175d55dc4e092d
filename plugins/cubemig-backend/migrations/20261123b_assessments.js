/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('assessments', table => {
    table.comment('What language models said of forensic reports');
    table.string('id', 64).primary();
    table
      .string('migration_id', 64)
      .notNullable()
      .references('id')
      .inTable('migrations')
      .onDelete('CASCADE');
    table.string('container', 63).notNullable();
    table.string('status', 16).notNullable();
    table.string('created_at', 32).notNullable().comment('ISO 8601, UTC');
    table
      .string('deadline', 32)
      .notNullable()
      .comment('ISO 8601, UTC; whoever was at it is gone after that');
    table
      .text('assessment')
      .notNullable()
      .comment('The assessment as the API shows it, JSON');
    table.index(['migration_id', 'created_at'], 'assessments_migration_index');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('assessments');
};
