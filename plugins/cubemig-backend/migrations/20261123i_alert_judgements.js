/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('alerts', table => {
    table
      .string('judged_by', 64)
      .nullable()
      .comment('Which response rules were asked last: a hash of them');
  });
  await knex.schema.alterTable('decisions', table => {
    table.integer('rule_revision').notNullable().defaultTo(0);
  });
  const isPostgres = knex.client.config.client === 'pg';
  await knex('decisions').update({
    rule_revision: knex.raw(
      isPostgres
        ? "(decision::json->'rule'->>'revision')::integer"
        : "json_extract(decision, '$.rule.revision')",
    ),
  });
  await knex.schema.alterTable('decisions', table => {
    table.dropUnique(['alert_id', 'rule_id']);
    // An alert is decided upon once by each revision of a rule, whatever dies in the middle.
    table.unique(['alert_id', 'rule_id', 'rule_revision']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('decisions', table => {
    table.dropUnique(['alert_id', 'rule_id', 'rule_revision']);
    table.dropColumn('rule_revision');
    table.unique(['alert_id', 'rule_id']);
  });
  await knex.schema.alterTable('alerts', table => {
    table.dropColumn('judged_by');
  });
};
