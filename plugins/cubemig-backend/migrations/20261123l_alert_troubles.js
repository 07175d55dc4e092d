/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('alerts', table => {
    table
      .text('trouble')
      .nullable()
      .comment('Why CubeMig could not work on it, and left it aside');
  });
  await knex.schema.alterTable('alert_occurrences', table => {
    table
      .integer('bytes')
      .notNullable()
      .defaultTo(0)
      .comment('Of the payload, in UTF-8');
  });
  await knex('alert_occurrences').update({
    bytes: knex.raw('octet_length(payload)'),
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('alert_occurrences', table => {
    table.dropColumn('bytes');
  });
  await knex.schema.alterTable('alerts', table => {
    table.dropColumn('trouble');
  });
};
