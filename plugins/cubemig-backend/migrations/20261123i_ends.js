/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('migrations', table => {
    table
      .boolean('is_end_untold')
      .notNullable()
      .defaultTo(false)
      .index('migrations_is_end_untold')
      .comment(
        'It is over, and audit log, metrics and owners have yet to be told; whoever holds the lease tells them',
      );
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('migrations', table => {
    table.dropIndex([], 'migrations_is_end_untold');
    table.dropColumn('is_end_untold');
  });
};
