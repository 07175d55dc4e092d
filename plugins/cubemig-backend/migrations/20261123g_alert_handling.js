/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('alerts', table => {
    table
      .string('handling', 16)
      .nullable()
      .comment('acknowledged or closed by a person; null: nobody has');
    table.string('handled_by', 512).nullable();
    table.string('handled_at', 32).nullable().comment('ISO 8601, UTC');
    table.text('handling_reason').nullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('alerts', table => {
    table.dropColumns(
      'handling',
      'handled_by',
      'handled_at',
      'handling_reason',
    );
  });
};
