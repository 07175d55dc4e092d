import { LoggerService } from '@backstage/backend-plugin-api';
import { Migration, ReportKey } from '@cubemig/plugin-cubemig-common';
import { Knex } from 'knex';
import { AlertRecord } from '../alerts';
import { ForensicsStore } from '../forensics';
import { AssessmentConfig } from './assessmentConfig';
import { AssessmentService } from './AssessmentService';
import { AssessmentStore } from './AssessmentStore';
import { GroqAssessor } from './groq';

/** Assessments, wired. `knex` is a database that has the tables already. */
export function createAssessments(options: {
  knex: Knex;
  config: AssessmentConfig;
  logger: LoggerService;
  reports: ForensicsStore;
  getMigration(id: string): Promise<Migration | undefined>;
  getAlert(id: string): Promise<AlertRecord | undefined>;
  /** Told of every migration about whose assessments there is news. */
  onChanged: (migration: string) => void;
}) {
  const { knex, config, logger, reports, getMigration, getAlert } = options;
  const { apiKey } = config;
  const service = new AssessmentService({
    assessor: apiKey ? new GroqAssessor({ ...config, apiKey }) : undefined,
    store: new AssessmentStore(knex),
    readReport: key => reports.getReport(key),
    async readAlerts(id) {
      const migration = await getMigration(id);
      if (migration?.trigger.kind !== 'rule') return [];
      const alert = await getAlert(migration.trigger.alert);
      return alert ? [alert] : [];
    },
    logger,
    onChanged: options.onChanged,
  });

  /** Begins what was asked for together with the migration. */
  async function startIfWanted(key: ReportKey) {
    const migration = await getMigration(key.migration);
    if (!migration?.order.aiAssessment) return;
    if (service.availability.problem) {
      logger.warn(
        `Migration ${key.migration} asks for an assessment, and none can be had: ${service.availability.problem.remedy}`,
      );
      return;
    }
    await service.start(key, migration.createdBy);
  }

  return { service, startIfWanted };
}
