import { LoggerService } from '@backstage/backend-plugin-api';
import {
  Assessment,
  Migration,
  ReportKey,
} from '@cubemig/plugin-cubemig-common';
import { Knex } from 'knex';
import { AlertRecord } from '../alerts';
import { ForensicsStore } from '../forensics';
import { AssessmentConfig } from './assessmentConfig';
import { AssessmentService } from './AssessmentService';
import { AssessmentStore, interrupted } from './AssessmentStore';
import { GroqAssessor } from './groq';

/** What was left undone for longer is for people to ask for again, in milliseconds. */
const RESUME_MS = 3_600_000;

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
  /** Told of every assessment that is over. */
  onEnded?: (assessment: Assessment) => void;
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
    onEnded: options.onEnded,
  });

  /** Begins what was asked for together with the migration, unless that was done. */
  async function startIfWanted(key: ReportKey) {
    const migration = await getMigration(key.migration);
    if (!migration?.order.aiAssessment) return;
    const others = await service.list(key.migration);
    const isDone = others.some(
      ({ container, problem }) =>
        container === key.container && problem?.code !== interrupted.code,
    );
    if (isDone) return;
    if (service.availability.problem) {
      logger.warn(
        `Migration ${key.migration} asks for an assessment, and none can be had: ${service.availability.problem.remedy}`,
      );
      return;
    }
    await service.start(key, migration.createdBy);
  }

  /** Begins what backends that stopped had not begun, or not ended. */
  async function resume() {
    const recently = new Date(Date.now() - RESUME_MS).toISOString();
    for (const key of await reports.listStoredSince(recently)) {
      await startIfWanted(key);
    }
  }

  return { service, startIfWanted, resume };
}
