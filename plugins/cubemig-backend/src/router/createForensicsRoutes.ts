import { InputError, NotFoundError } from '@backstage/errors';
import { compareReports, toSarif } from '@cubemig/checkpoint';
import {
  checkpointDiffSchema,
  cubemigForensicsReadPermission,
  cubemigForensicsRevealSecretsPermission,
  cubemigMigrationReadPermission,
  findingPageSchema,
  findingQuerySchema,
  inquiryRequestSchema,
  inquiryStateSchema,
  Migration,
  ReportKey,
  reportSummarySchema,
  revealRequestSchema,
  storedReportSchema,
} from '@cubemig/plugin-cubemig-common';
import { Response } from 'express';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { AssessmentService } from '../assessment';
import {
  ForensicsStore,
  InquiryService,
  packEvidence,
  ReportCollector,
} from '../forensics';
import { MigrationService, MigrationStore } from '../migration';
import { Access } from './Access';
import { itemsOf } from './itemsOf';
import { RequireFor, Route, route } from './route';

const permission = cubemigForensicsReadPermission;
const REPORT = '/migrations/:migration/reports/:container';

/** What is known of the insides of checkpoints. */
export function createForensicsRoutes(options: {
  access: Access;
  assessments: AssessmentService;
  collector: ReportCollector;
  inquiries: InquiryService;
  migrations: MigrationService;
  reports: ForensicsStore;
  store: MigrationStore;
}): Route[] {
  const { access, assessments, collector, inquiries } = options;
  const { migrations, reports, store } = options;

  /** @throws NotFoundError */
  async function readReport(key: ReportKey) {
    const report = await reports.getReport(key);
    if (report) return report;
    throw new NotFoundError(
      `The migration '${key.migration}' has no forensic report of '${key.container}'; it may not have been asked for`,
    );
  }

  /** @throws NotFoundError, NotAllowedError */
  async function admit(id: string, requireFor: RequireFor) {
    const migration = await migrations.get(id);
    await requireFor(migration.entityRef);
    return migration;
  }

  /** @throws NotFoundError if the content is not there, or not yet */
  async function readContent(key: ReportKey) {
    const { report, forensics, problem } = await readReport(key);
    if (report && forensics) return { report, forensics };
    throw new NotFoundError(
      problem
        ? `${problem.message} ${problem.remedy}`
        : `The forensic report of '${key.container}' is on its way; try again in a moment`,
    );
  }

  /** A migration's reports. What a crash has kept from being noted is noted now. */
  async function listReports(migration: Migration) {
    const { id } = migration;
    const known = await reports.listReports(id);
    if (known.length >= migration.checkpoints.length) return known;
    await collector.expect(migration);
    return reports.listReports(id);
  }

  return [
    route(
      'GET /migrations/:migration/reports',
      {
        summary: "A migration's forensic reports, one a container",
        permission,
        answer: itemsOf(reportSummarySchema),
      },
      async ({ params, requireFor }) => ({
        items: await listReports(await admit(params.migration, requireFor)),
      }),
    ),
    route(
      `GET ${REPORT}`,
      {
        summary: 'What is inside a checkpoint, and what is wrong there',
        description: 'Secrets are masked.',
        permission,
        answer: storedReportSchema,
      },
      async ({ params, requireFor }) => {
        await admit(params.migration, requireFor);
        return readReport(params);
      },
    ),
    route(
      `POST ${REPORT}/retry`,
      {
        summary: 'Fetch a report that could not be had',
        permission,
        answer: reportSummarySchema,
        status: 202,
        audit: { eventId: 'report-retry', severityLevel: 'low' },
      },
      async ({ params, requireFor }) => {
        await admit(params.migration, requireFor);
        if (!(await reports.retry(params))) {
          const { problem } = await readReport(params);
          throw new InputError(
            problem
              ? `${problem.message} ${problem.remedy}`
              : 'The report is there already',
          );
        }
        collector.wake();
        return readReport(params);
      },
    ),
    route(
      `GET ${REPORT}/download/:format`,
      {
        summary: 'A report as a file: json, or its findings as sarif',
        permission,
        produces: ['application/json', 'application/sarif+json'],
      },
      async ({ params: { format, ...key }, res, requireFor }) => {
        await admit(key.migration, requireFor);
        const content = await readContent(key);
        if (format === 'sarif') {
          attach(res, `${key.container}.sarif`, 'application/sarif+json');
          const archive = `${key.migration}/${key.container}`;
          const { forensics } = content;
          const sarif = toSarif([{ archive, forensics }]);
          res.send(JSON.stringify(sarif, undefined, 2));
        } else if (format === 'json') {
          attach(res, `${key.container}.json`, 'application/json');
          res.send(JSON.stringify(content, undefined, 2));
        } else {
          throw new InputError('format: must be json or sarif');
        }
      },
    ),
    route(
      `GET ${REPORT}/comparison`,
      {
        summary: 'What differs between an earlier checkpoint and this one',
        permission,
        query: z.strictObject({
          withMigration: z.string().min(1).max(64),
          withContainer: z.string().min(1).max(63),
        }),
        answer: checkpointDiffSchema,
      },
      async ({ params, query, requireFor }) => {
        await admit(params.migration, requireFor);
        await admit(query.withMigration, requireFor);
        return compareReports(
          await readContent({
            migration: query.withMigration,
            container: query.withContainer,
          }),
          await readContent(params),
        );
      },
    ),
    route(
      'GET /findings',
      {
        summary: 'Findings of reports, newest first',
        description:
          'Of one migration, of one entity, or, for who may read all reports, of all.',
        permission,
        query: findingQuerySchema,
        answer: findingPageSchema,
      },
      async ({ query, requireFor }) => {
        if (query.migration) await admit(query.migration, requireFor);
        else await requireFor(query.entityRef);
        return reports.listFindings(query);
      },
    ),
    route(
      `POST ${REPORT}/inquiries`,
      {
        summary: "Search a checkpoint's memory, or show its changed files",
        description:
          'A courier near the registry looks; ask for the answer by the id. Secrets that are known stay masked.',
        permission,
        body: inquiryRequestSchema,
        answer: inquiryStateSchema,
        status: 202,
        audit: { eventId: 'checkpoint-inquiry', severityLevel: 'low' },
      },
      async ({ params, body, caller, audited, requireFor }) => {
        audited.kind = body.kind;
        // It makes a Job.
        access.requireSafety();
        await admit(params.migration, requireFor);
        if (body.kind === 'file-diff' && body.with) {
          await admit(body.with.migration, requireFor);
        }
        const state = await inquiries.start(
          params,
          body,
          access.nameOf(caller),
        );
        audited.inquiry = state.id;
        return state;
      },
    ),
    route(
      `POST ${REPORT}/reveal`,
      {
        summary: 'Show a variable that reports mask',
        permission: cubemigForensicsRevealSecretsPermission,
        body: revealRequestSchema,
        answer: inquiryStateSchema,
        status: 202,
        audit: { eventId: 'secret-reveal', severityLevel: 'high' },
      },
      async ({ params, body, caller, audited, requireFor }) => {
        await admit(params.migration, requireFor);
        const state = await inquiries.start(
          params,
          { kind: 'variable', ...body },
          access.nameOf(caller),
        );
        audited.inquiry = state.id;
        return state;
      },
    ),
    route(
      'GET /inquiries/:id',
      {
        summary: 'How an inquiry of your own stands, and what it found',
        permission,
        answer: inquiryStateSchema,
      },
      async ({ params, caller, res, requireFor }) => {
        res.setHeader('Cache-Control', 'no-store');
        const state = await inquiries.get(params.id, access.nameOf(caller));
        await admit(state.migration, requireFor);
        return state;
      },
    ),
    route(
      'GET /migrations/:migration/evidence',
      {
        summary: 'All that is known of a migration as one archive (tar.gz)',
        permission,
        produces: ['application/gzip'],
        audit: { eventId: 'evidence-download', severityLevel: 'medium' },
      },
      async ({ params, caller, res, requireFor }) => {
        await access.requireOf(caller, cubemigMigrationReadPermission);
        const migration = await admit(params.migration, requireFor);
        const evidence = packEvidence({
          migration,
          timeline: await store.listEvents(migration.id),
          reports: await reports.listReports(migration.id),
          readReport: container =>
            reports.getReport({ migration: migration.id, container }),
          assessments: await assessments.listWithMarkdown(migration.id),
        });
        attach(res, `migration-${migration.id}.tar.gz`, 'application/gzip');
        await pipeline(evidence, res);
      },
    ),
  ];
}

function attach(res: Response, name: string, type: string) {
  res.attachment(name.replace(/[^\w.-]/g, '_'));
  res.setHeader('Content-Type', type);
}
