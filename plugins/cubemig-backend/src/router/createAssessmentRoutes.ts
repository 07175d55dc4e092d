import { NotFoundError } from '@backstage/errors';
import {
  assessmentAvailabilitySchema,
  assessmentSchema,
  cubemigAssessmentCreatePermission,
  cubemigForensicsReadPermission,
} from '@cubemig/plugin-cubemig-common';
import { once } from 'node:events';
import { AssessmentService, toMarkdown } from '../assessment';
import { MigrationService } from '../migration';
import { Access } from './Access';
import { itemsOf } from './itemsOf';
import { RequireFor, Route, route } from './route';

const permission = cubemigForensicsReadPermission;

/** What a language model says of forensic reports. */
export function createAssessmentRoutes(options: {
  access: Access;
  assessments: AssessmentService;
  migrations: MigrationService;
}): Route[] {
  const { access, assessments, migrations } = options;

  /** @throws NotFoundError, NotAllowedError */
  async function admit(migration: string, requireFor: RequireFor) {
    await requireFor((await migrations.get(migration)).entityRef);
  }

  /** @throws NotFoundError, NotAllowedError */
  async function read(id: string, requireFor: RequireFor) {
    const assessment = await assessments.get(id);
    await admit(assessment.migration, requireFor);
    return assessment;
  }

  return [
    route(
      'GET /assessment',
      {
        summary: 'Whether assessments can be had, and how to switch them on',
        permission,
        answer: assessmentAvailabilitySchema,
      },
      async () => assessments.availability,
    ),
    route(
      'POST /migrations/:migration/reports/:container/assessments',
      {
        summary: 'Have a language model assess a forensic report',
        description:
          'Sends what is in the report, redacted, to the server in cubemig.assessment. Answers as soon as it is under way.',
        permission: cubemigAssessmentCreatePermission,
        answer: assessmentSchema,
        status: 202,
        audit: { eventId: 'assessment-start', severityLevel: 'medium' },
      },
      async ({ params, caller, audited, requireFor }) => {
        await admit(params.migration, requireFor);
        const started = await assessments.start(params, access.nameOf(caller));
        audited.assessment = started.id;
        return started;
      },
    ),
    route(
      'GET /migrations/:migration/assessments',
      {
        summary: "A migration's assessments, newest first",
        permission,
        answer: itemsOf(assessmentSchema),
      },
      async ({ params, requireFor }) => {
        await admit(params.migration, requireFor);
        return { items: await assessments.list(params.migration) };
      },
    ),
    route(
      'GET /assessments/:id',
      {
        summary:
          'One assessment: result, what the model was told, what it took',
        permission,
        answer: assessmentSchema,
      },
      async ({ params, requireFor }) => read(params.id, requireFor),
    ),
    route(
      'GET /assessments/:id/markdown',
      {
        summary: 'An assessment as text for people',
        permission,
        produces: ['text/markdown'],
      },
      async ({ params, res, requireFor }) => {
        const text = toMarkdown(await read(params.id, requireFor));
        if (!text) {
          throw new NotFoundError('The assessment has not come to a result');
        }
        res.type('text/markdown; charset=utf-8').send(text);
      },
    ),
    route(
      'GET /assessments/:id/stream',
      {
        summary: 'Follow an assessment while it is made',
        description: 'One assessmentEventSchema a line; the last is `ended`.',
        permission,
        produces: ['application/x-ndjson'],
      },
      async ({ params, res, requireFor }) => {
        const gone = new AbortController();
        res.on('close', () => gone.abort(new Error('Nobody looks any more')));
        // An unknown id is an error before the first byte.
        await read(params.id, requireFor);
        res.writeHead(200, {
          'Content-Type': 'application/x-ndjson; charset=utf-8',
          // Compressed or buffered on the way, it would come all at once.
          'Cache-Control': 'no-cache, no-transform',
          'X-Accel-Buffering': 'no',
        });
        try {
          for await (const event of assessments.follow(
            params.id,
            gone.signal,
          )) {
            if (!res.write(`${JSON.stringify(event)}\n`)) {
              await once(res, 'drain', { signal: gone.signal });
            }
          }
          res.end();
        } catch (error) {
          if (!gone.signal.aborted) res.destroy(error as Error);
        }
      },
    ),
  ];
}
