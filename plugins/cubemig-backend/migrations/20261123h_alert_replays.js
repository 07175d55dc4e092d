/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('alert_occurrences', table => {
    table
      .string('identity', 64)
      .nullable()
      .comment(
        'Equal for what is the same to the byte, from the same cluster; null of what came before this column did',
      );
    table.unique(['identity'], { indexName: 'alert_occurrences_identity' });
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('alert_occurrences', table => {
    table.dropUnique([], 'alert_occurrences_identity');
    table.dropColumn('identity');
  });
};
