/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('forensic_reports', table => {
    table.comment('Forensic reports of checkpoints, one a container');
    table
      .string('migration_id', 64)
      .notNullable()
      .references('id')
      .inTable('migrations')
      .onDelete('CASCADE');
    table.string('container', 63).notNullable();
    table.string('state', 16).notNullable();
    table.string('cluster', 253).notNullable();
    table.string('namespace', 63).notNullable();
    table
      .string('workload', 253)
      .notNullable()
      .comment('The name of the owner, or of a pod that has none');
    table.string('entity_ref', 512).nullable();
    table.string('created_at', 32).notNullable().comment('ISO 8601, UTC');
    table.string('stored_at', 32).nullable().comment('ISO 8601, UTC');
    table.integer('attempts').notNullable();
    table
      .string('next_attempt_at', 32)
      .nullable()
      .comment('ISO 8601, UTC; whoever fetches it puts this off first');
    table
      .text('summary')
      .notNullable()
      .comment('The rest of what the API shows, JSON');
    table
      .text('source')
      .notNullable()
      .comment('Where in the registry it lies, JSON');
    table.binary('content').nullable().comment('JSON, gzipped');
    table.primary(['migration_id', 'container']);
    table.index(['state', 'next_attempt_at'], 'forensic_reports_due_index');
  });

  await knex.schema.createTable('findings', table => {
    table.comment('What detectors found, one row a finding of a report');
    table.string('migration_id', 64).notNullable();
    table.string('container', 63).notNullable();
    table.integer('sequence').notNullable().comment('Gravest first');
    table.string('rule', 100).notNullable();
    table.string('severity', 16).notNullable();
    table.string('cluster', 253).notNullable();
    table.string('namespace', 63).notNullable();
    table.string('workload', 253).notNullable();
    table.string('entity_ref', 512).nullable();
    table.string('stored_at', 32).notNullable().comment('ISO 8601, UTC');
    table.text('finding').notNullable().comment('JSON');
    table.primary(['migration_id', 'container', 'sequence']);
    table
      .foreign(['migration_id', 'container'], 'findings_report_foreign')
      .references(['migration_id', 'container'])
      .inTable('forensic_reports')
      .onDelete('CASCADE');
    table.index(['stored_at'], 'findings_time_index');
    table.index(['severity', 'stored_at'], 'findings_severity_index');
    table.index(['rule', 'stored_at'], 'findings_rule_index');
    table.index(
      ['cluster', 'namespace', 'workload', 'stored_at'],
      'findings_workload_index',
    );
    table.index(['entity_ref', 'stored_at'], 'findings_entity_index');
  });

  await knex.schema.createTable('inquiries', table => {
    table.comment('What was asked of stored checkpoints');
    table.string('id', 64).primary();
    table
      .string('migration_id', 64)
      .notNullable()
      .references('id')
      .inTable('migrations')
      .onDelete('CASCADE');
    table.string('status', 16).notNullable();
    table.string('created_by', 512).notNullable();
    table.string('created_at', 32).notNullable().comment('ISO 8601, UTC');
    table
      .text('state')
      .notNullable()
      .comment('As the API shows it, JSON; never holds a revealed secret');
    table
      .text('job')
      .notNullable()
      .comment("Where the courier's Job is, and what was asked, JSON");
    table.index(['created_at'], 'inquiries_time_index');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('inquiries');
  await knex.schema.dropTable('findings');
  await knex.schema.dropTable('forensic_reports');
};
