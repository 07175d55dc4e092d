import { ServerResponse } from 'node:http';
import { attackedReport } from '../../forensics/__testUtils__/reports';
import { answer } from '../__testUtils__/answers';
import { ModelServer, refuse, say } from '../__testUtils__/ModelServer';
import { assessmentConfigSchema } from '../assessmentConfig';
import { GroqAssessor } from './GroqAssessor';

describe('A language model that is not to be trusted', () => {
  const apiKey = 'gsk_test';
  let server: ModelServer;
  beforeEach(async () => {
    server = await ModelServer.start();
  });
  afterEach(async () => {
    await server.stop();
  });

  async function assess() {
    const config = assessmentConfigSchema.parse({ baseUrl: server.url });
    const assessor = new GroqAssessor({ ...config, apiKey }, [1]);
    return assessor.assess({ ...attackedReport, alerts: [] });
  }

  it('tells nobody the key, also where the server repeats it', async () => {
    server.replies = [
      refuse(401, { message: 'Incorrect API key provided: gsk_test.' }),
    ];
    await expect(assess()).rejects.toMatchObject({
      problem: {
        message: expect.stringMatching(/^(?!.*gsk_test).*provided: \*{6}\./),
      },
    });
  });

  it.each([true, false])(
    'takes what is of another type for absent (streaming: %s)',
    async streaming => {
      const hostile = { toString: '' };
      const usage = { prompt_tokens: hostile, completion_tokens: '7' };
      const answers = [
        { choices: hostile },
        { choices: [{ message: { content: hostile }, delta: hostile }] },
        { choices: [null], usage, x_groq: { usage } },
      ];
      const sayAll = (asked: { stream?: boolean }, response: ServerResponse) =>
        void response
          .writeHead(200, {
            'content-type': asked.stream
              ? 'text/event-stream'
              : 'application/json',
          })
          .end(
            asked.stream
              ? answers
                  .map(said => `data: ${JSON.stringify(said)}\n\n`)
                  .join('')
              : JSON.stringify(answers[2]),
          );
      server.replies = streaming
        ? [sayAll, say(answer)]
        : [refuse(400, { message: 'no streaming' }), sayAll, say(answer)];
      const { expense } = await assess();
      expect(expense).toMatchObject({
        promptTokens: 1000,
        completionTokens: 200,
      });
    },
  );
});
