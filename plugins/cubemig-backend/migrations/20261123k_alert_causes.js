/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('alerts', table => {
    table
      .string('caused_by', 64)
      .nullable()
      .comment('The migration of ours whose CRIU was seen; of the kind own');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('alerts', table => {
    table.dropColumn('caused_by');
  });
};
