import { mockServices } from '@backstage/backend-test-utils';
import { Assessment, AssessmentEvent } from '@cubemig/plugin-cubemig-common';
import { EventEmitter, once } from 'node:events';
import { createDatabases } from '../__testUtils__/createDatabases';
import { attackedReport } from '../forensics/__testUtils__/reports';
import { answer } from './__testUtils__/answers';
import { ModelServer, refuse, say } from './__testUtils__/ModelServer';
import { createReported, key } from './__testUtils__/reported';
import { assessmentConfigSchema } from './assessmentConfig';
import { AssessmentService } from './AssessmentService';
import { AssessmentStore } from './AssessmentStore';
import { createAssessments } from './createAssessments';
import { toMarkdown } from './answer';
import { GroqAssessor } from './groq';

const databases = createDatabases();

describe.each(databases.eachSupportedId())(
  'AssessmentService %s',
  databaseId => {
    let server: ModelServer;
    beforeEach(async () => {
      server = await ModelServer.start();
    });
    afterEach(async () => {
      await server.stop();
    });

    async function create(options: { hasKey?: boolean } = {}) {
      const { knex, reports } = await createReported(
        databases,
        databaseId,
        attackedReport,
      );
      const config = assessmentConfigSchema.parse({ baseUrl: server.url });
      const store = new AssessmentStore(knex);
      const ended: Assessment[] = [];
      const make = () =>
        new AssessmentService({
          assessor:
            options.hasKey === false
              ? undefined
              : new GroqAssessor({ ...config, apiKey: 'k' }, [1]),
          store,
          readReport: k => reports.getReport(k),
          readAlerts: async () => [],
          logger: mockServices.logger.mock(),
          onEnded: assessment => ended.push(assessment),
        });
      return { service: make(), store, again: make, ended };
    }

    async function follow(
      service: AssessmentService,
      id: string,
      looked?: EventEmitter,
    ) {
      const events: AssessmentEvent[] = [];
      for await (const event of service.follow(
        id,
        AbortSignal.timeout(60_000),
      )) {
        events.push(event);
        looked?.emit(event.type);
      }
      return events;
    }

    it('keeps what the model says, streamed to who looks on and to who comes late', async () => {
      const looked = new EventEmitter();
      const isSeen = once(looked, 'text');
      server.replies = [say({ wrong: true }), say(answer, isSeen)];
      const { service, again, ended } = await create();
      const started = await service.start(key, 'user:default/guest');
      expect(started).toMatchObject({ status: 'queued', ...key });
      expect((await service.start(key, 'user:default/other')).id).toBe(
        started.id,
      );

      const [events, elsewhere] = await Promise.all([
        follow(service, started.id, looked),
        // Another replica sees the end.
        follow(again(), started.id),
      ]);
      const { type } = events.at(-1)!;
      expect(type).toBe('ended');
      expect(elsewhere).toEqual([events.at(-1)]);
      expect(ended).toMatchObject([{ id: started.id, status: 'completed' }]);
      const restart = events.findLastIndex(e => e.type === 'restarted');
      const text = events
        .slice(restart + 1)
        .map(event => (event.type === 'text' ? event.text : ''))
        .join('');
      expect(JSON.parse(text)).toEqual(answer);

      const assessment = await service.get(started.id);
      expect(assessment).toMatchObject({
        status: 'completed',
        model: 'llama-3.3-70b-versatile',
        result: { verdict: 'compromised' },
        expense: { attempts: 2 },
        disclosure: { redactions: expect.any(Array) },
      });
      const markdown = toMarkdown(assessment)!;
      expect(markdown).toContain('file `/opt/invented` (not in the report)');
      expect(markdown).toContain('file `/etc/passwd`\n');
      expect(await service.list('m1')).toEqual([assessment]);
    });

    it('writes text for people that no text of the model can break out of', async () => {
      server.replies = [
        say({
          ...answer,
          hypothesis: {
            text: '![x](http://evil/?leak) <img src=x>\n# Fine\n[click](javascript:x)',
            evidence: [{ kind: 'file', value: '`](http://evil)' }],
          },
        }),
      ];
      const { service } = await create();
      const { id } = await service.start(key, 'u');
      await follow(service, id);
      const markdown = toMarkdown(await service.get(id))!;
      expect(markdown).not.toMatch(/^# Fine/m);
      // Neither an image, nor markup, nor a link that some readers make of an address by themselves.
      expect(markdown).toContain(
        '\\!\\[x\\](http\\://evil/?leak) \\<img src=x\\> \\# Fine \\[click\\](javascript\\:x)',
      );
    });

    it('fails with a reason, and can be asked again', async () => {
      server.replies = [
        refuse(401, { message: 'Invalid API Key' }),
        say(answer),
      ];
      const { service } = await create();
      const { id } = await service.start(key, 'u');
      const [ended] = (await follow(service, id)).slice(-1);
      expect(ended).toMatchObject({
        assessment: {
          status: 'failed',
          problem: { code: 'assessor-unauthorized' },
        },
      });
      const second = await service.start(key, 'u');
      await follow(service, second.id);
      expect(await service.get(second.id)).toMatchObject({
        status: 'completed',
      });
    });

    it('says how it is switched on, and that there is nothing to assess', async () => {
      const off = (await create({ hasKey: false })).service;
      expect(off.availability.problem?.remedy).toContain(
        'cubemig.assessment.apiKey',
      );
      await expect(off.start(key, 'u')).rejects.toThrow('apiKey');
      const { service } = await create();
      await expect(
        service.start({ ...key, container: 'other' }, 'u'),
      ).rejects.toThrow("no forensic report of 'other'");
    });

    it('leaves no assessment under way for ever', async () => {
      server.replies = [() => {}];
      const { service, store } = await create();
      const { id } = await service.start(key, 'u');
      await service.stop();
      expect(await service.get(id)).toMatchObject({
        status: 'failed',
        problem: { code: 'assessment-interrupted' },
      });
      const lost = { ...(await store.get(id))!, id: 'lost' };
      await store.add(
        { ...lost, status: 'running', problem: undefined },
        '2026-01-01T00:00:00.000Z',
      );
      expect(await service.get('lost')).toMatchObject({ status: 'failed' });
      expect(await store.findUnderWay(key)).toBeUndefined();
    });

    it('begins what was asked for with the migration, once, also after a stop', async () => {
      const { knex, reports, migration } = await createReported(
        databases,
        databaseId,
        attackedReport,
      );
      const order = { ...migration.order, aiAssessment: true };
      const start = () =>
        createAssessments({
          knex,
          config: assessmentConfigSchema.parse({
            apiKey: 'k',
            baseUrl: server.url,
          }),
          logger: mockServices.logger.mock(),
          reports,
          getMigration: async () => ({ ...migration, order }),
          getAlert: async () => undefined,
          onChanged: () => {},
        });
      server.replies = [() => {}];
      const first = start();
      await first.startIfWanted(key);
      await first.service.stop();

      server.replies = [say(answer)];
      const second = start();
      await second.resume();
      const [resumed] = await second.service.list('m1');
      await follow(second.service, resumed.id);
      await start().resume();
      const all = await second.service.list('m1');
      expect(all.map(({ status }) => status).sort()).toEqual([
        'completed',
        'failed',
      ]);
    });
  },
);
