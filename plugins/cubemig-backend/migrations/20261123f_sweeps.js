/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('migrations', table => {
    table
      .boolean('is_courier_out')
      .notNullable()
      .defaultTo(false)
      .comment(
        'A courier was sent and has not told how it ended: it may have left archives on its node',
      );
    table.index(['is_courier_out', 'status'], 'migrations_courier_index');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('migrations', table => {
    table.dropIndex([], 'migrations_courier_index');
    table.dropColumn('is_courier_out');
  });
};
