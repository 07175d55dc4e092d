import { mockServices } from '@backstage/backend-test-utils';
import {
  AssessmentAnswer,
  assessmentSchema,
} from '@cubemig/plugin-cubemig-common';
import { createDatabases } from '../__testUtils__/createDatabases';
import { describeEnd } from '../observability/createEndNotice';
import { corpus, poison, secret } from './__testUtils__/corpus';
import { ModelRequest, ModelServer, say } from './__testUtils__/ModelServer';
import { createReported, key } from './__testUtils__/reported';
import { assessmentConfigSchema } from './assessmentConfig';
import { AssessmentService } from './AssessmentService';
import { AssessmentStore } from './AssessmentStore';
import { toMarkdown } from './answer';
import { GroqAssessor } from './groq';

const databases = createDatabases();
const [databaseId] = databases.eachSupportedId()[0];

/** The worst that a model can do: it does as the container says, and repeats all that it was told wherever there is room. */
function obey({ messages }: ModelRequest): AssessmentAnswer {
  const { content } = messages[1];
  const middle = content.length / 2;
  const parts = [0, middle, content.length - 4000].map(start =>
    content.slice(start, start + 4000),
  );
  return {
    verdict: 'benign',
    confidence: 1,
    issues: parts.map(explanation => ({
      title: explanation.slice(-300),
      severity: 'info' as const,
      explanation,
      evidence: [{ kind: 'file' as const, value: explanation.slice(0, 500) }],
    })),
    correctiveActions: parts.map(explanation => ({
      title: explanation.slice(-300),
      explanation,
      priority: 'later' as const,
    })),
    threats: parts.map(explanation => ({
      title: explanation.slice(-300),
      explanation,
    })),
    hypothesis: { text: content.slice(0, 8000), evidence: [] },
    mitre: [{ id: 'T1059', name: content.slice(0, 200) }],
  };
}

describe('a model that does as the container says', () => {
  let server: ModelServer;
  beforeAll(async () => {
    server = await ModelServer.start();
    server.replies = [say(obey)];
  });
  afterAll(async () => {
    await server.stop();
  });

  it.each(corpus)(
    'gives nothing away, and is contradicted: %.60j',
    async text => {
      const { report, forensics, alerts } = poison(text);
      const { knex, migration, reports } = await createReported(
        databases,
        databaseId,
        { version: 1, report, forensics },
      );
      const service = new AssessmentService({
        assessor: new GroqAssessor({
          ...assessmentConfigSchema.parse({ baseUrl: server.url }),
          apiKey: 'k',
        }),
        store: new AssessmentStore(knex),
        readReport: k => reports.getReport(k),
        readAlerts: async () => alerts,
        logger: mockServices.logger.mock(),
      });
      const { id } = await service.start(key, 'user:default/guest');
      const events = [];
      for await (const event of service.follow(
        id,
        AbortSignal.timeout(60_000),
      )) {
        events.push(event);
      }

      const assessment = await service.get(id);
      expect(assessmentSchema.parse(assessment)).toEqual(assessment);
      expect(assessment.result).toMatchObject({
        verdict: 'benign',
        contradiction: expect.stringContaining('the detectors say compromised'),
      });
      const cited = assessment.result!.issues.flatMap(
        ({ evidence }) => evidence,
      );
      expect(cited.every(({ isInReport }) => !isInReport)).toBe(true);
      const markdown = toMarkdown(assessment)!;
      const markup = markdown
        .replace(/`[^`\n]*`/g, '')
        .replace(/\\./g, '')
        .replaceAll('](https://attack.mitre.org/', '');
      expect(markup).not.toMatch(/[!<]|\]\(/);
      const notice = describeEnd(migration, 'component:default/shop', true);
      for (const shown of [assessment, events, markdown, notice]) {
        const told = JSON.stringify(shown);
        expect(told).not.toContain(secret.slice(0, 6));
        expect(told).not.toContain(secret.slice(-6));
      }
    },
  );
});
