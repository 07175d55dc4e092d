/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('simulations', table => {
    table.comment('Harmless attacks that were run in pods');
    table.string('id', 64).primary();
    table
      .string('active_pod', 640)
      .nullable()
      .unique()
      .comment('cluster/namespace/name while it runs: one at a time in a pod');
    table.string('started_at', 32).notNullable().comment('ISO 8601, UTC');
    table
      .text('simulation')
      .notNullable()
      .comment('The simulation as the API shows it, JSON');
    table.index(['started_at'], 'simulations_time_index');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('simulations');
};
