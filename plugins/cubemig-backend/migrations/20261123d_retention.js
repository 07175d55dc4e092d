/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('migrations', table => {
    table
      .string('images', 8)
      .notNullable()
      .defaultTo('kept')
      .comment(
        'What became of its images in the registry: kept; leaving, from the moment when they are given up; gone',
      );
    table.index(['images', 'status'], 'migrations_images_index');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('migrations', table => {
    table.dropIndex([], 'migrations_images_index');
    table.dropColumn('images');
  });
};
