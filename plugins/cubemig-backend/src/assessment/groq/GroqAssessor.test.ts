import { Alert } from '@cubemig/plugin-cubemig-common';
import {
  attackedReport,
  cleanReport,
} from '../../forensics/__testUtils__/reports';
import { answer } from '../__testUtils__/answers';
import { ModelServer, refuse, say } from '../__testUtils__/ModelServer';
import { checkCitations } from '../answer';
import { AssessmentSubject } from '../Assessor';
import { assessmentConfigSchema } from '../assessmentConfig';
import { GroqAssessor } from './GroqAssessor';

const alert: Pick<
  Alert,
  'rule' | 'priority' | 'tags' | 'output' | 'command' | 'occurrences' | 'lastAt'
> = {
  rule: 'Redirect STDOUT/STDIN to Network Connection in Container',
  priority: 'Notice',
  tags: ['container', 'mitre_execution', 'T1059'],
  output: 'Redirect stdout/stdin to network connection',
  command: 'sh -c',
  occurrences: 3,
  lastAt: '2026-11-23T00:00:00.000Z',
};

const attacked: AssessmentSubject = { ...attackedReport, alerts: [alert] };

describe('GroqAssessor', () => {
  let server: ModelServer;
  beforeEach(async () => {
    server = await ModelServer.start();
  });
  afterEach(async () => {
    await server.stop();
  });

  function create(change: object = {}) {
    const config = assessmentConfigSchema.parse({
      apiKey: 'gsk_test',
      baseUrl: server.url,
      prices: {
        'llama-3.3-70b-versatile': {
          promptPerMillion: 0.59,
          completionPerMillion: 0.79,
        },
      },
      ...change,
    });
    return new GroqAssessor({ ...config, apiKey: config.apiKey! }, [1]);
  }

  it('streams an answer of the structure that it asked for, with what it took', async () => {
    server.replies = [say(answer)];
    const texts: string[] = [];
    const told = await create().assess(attacked, {
      onText: text => texts.push(text),
    });
    expect(told.answer).toEqual(answer);
    expect(texts.length).toBeGreaterThan(5);
    expect(JSON.parse(texts.join(''))).toEqual(answer);
    expect(told.expense).toEqual({
      promptTokens: 1000,
      completionTokens: 200,
      cost: { amount: (590 + 158) / 1_000_000, currency: 'USD' },
      queueMs: 50,
      promptMs: 100,
      completionMs: 500,
      totalMs: expect.any(Number),
      attempts: 1,
    });
    expect(server.paths).toEqual(['/openai/v1/chat/completions']);
    expect(server.keys).toEqual(['Bearer gsk_test']);
    const [request] = server.requests;
    expect(request).toMatchObject({
      model: 'llama-3.3-70b-versatile',
      stream: true,
      response_format: { type: 'json_schema' },
    });
    const prompt = request.messages[1].content;
    expect(prompt).toContain('shell-with-socket');
    expect(prompt).toContain(alert.rule);
    expect(prompt).toContain('/etc/passwd');
  });

  it('tells what is hidden in base64 in the clear, and not as it was', async () => {
    server.replies = [say(answer)];
    await create().assess(attacked);
    const prompt = server.requests[0].messages[1].content;
    const line = attackedReport.report.processes
      .map(({ argv }) => argv.join(' '))
      .find(text => /[A-Za-z0-9+/]{40,}/.test(text))!;
    const encoded = /[A-Za-z0-9+/]{40,}=*/.exec(line)![0];
    expect(prompt).not.toContain(encoded);
    expect(prompt).toContain('(base64, decoded 1)');
    const words = Buffer.from(encoded, 'base64').toString().split(/\s+/);
    expect(prompt).toContain(words[0]);
  });

  it('marks what it cites and the report does not hold', async () => {
    const result = checkCitations(answer, attacked, text => text);
    expect(result.issues[0].evidence.map(c => c.isInReport)).toEqual([
      true,
      true,
      false,
      false,
    ]);
    const { pid, command } = attackedReport.report.processes[0];
    const cite = (value: string) =>
      checkCitations(
        {
          ...answer,
          hypothesis: { text: '', evidence: [{ kind: 'process', value }] },
        },
        attacked,
        text => text,
      ).hypothesis.evidence[0].isInReport;
    expect(cite(`${pid} ${command}`)).toBe(true);
    expect(cite(`pid ${pid} (${command})`)).toBe(true);
    expect(cite(`${pid} something`)).toBe(false);
    expect(cite('')).toBe(false);
  });

  it('points out a verdict that is milder than the detectors', () => {
    const mild = { ...answer, verdict: 'benign' as const };
    expect(
      checkCitations(mild, attacked, text => text).contradiction,
    ).toContain('the detectors say compromised');
    const clean = { ...cleanReport, alerts: [] };
    expect(
      checkCitations(mild, clean, text => text).contradiction,
    ).toBeUndefined();
  });

  it('does without what the server cannot do, and remembers', async () => {
    server.replies = [
      refuse(400, {
        message: 'This model does not support response format `json_schema`.',
      }),
      refuse(400, { message: 'response_format` does not support streaming' }),
      say(answer),
    ];
    const assessor = create({ attempts: 1 });
    const { expense } = await assessor.assess(attacked);
    expect(expense.attempts).toBe(3);
    await assessor.assess(attacked);
    expect(
      server.requests.map(r => [r.response_format.type, r.stream]),
    ).toEqual([
      ['json_schema', true],
      ['json_object', true],
      ['json_object', undefined],
      ['json_object', undefined],
    ]);
    expect(server.requests[3].messages[0].content).toContain('JSON Schema');
  });

  it('asks again for a proper answer, and waits as long as it is asked to', async () => {
    const restarts = jest.fn();
    server.replies = [
      say({ verdict: 'fine' }),
      refuse(429, { message: 'slow down' }, { 'retry-after': '0.05' }),
      refuse(503, { message: 'over capacity' }),
      say(`\`\`\`json\n${JSON.stringify(answer)}\n\`\`\``),
    ];
    const start = performance.now();
    const { expense } = await create().assess(attacked, {
      onRestart: restarts,
    });
    expect(performance.now() - start).toBeGreaterThan(45);
    expect(expense).toMatchObject({ attempts: 4, promptTokens: 2000 });
    expect(restarts.mock.calls).toEqual([
      [expect.stringContaining('structure'), 0],
      [expect.stringContaining('asks to wait 1 s: slow down (429)'), 50],
      [expect.stringContaining('over capacity'), 1],
    ]);
  });

  it('tells an answer that broke off from a wrong one, and asks again', async () => {
    const broken = Promise.reject(new Error('broken'));
    broken.catch(() => {});
    const restarts = jest.fn();
    server.replies = [say(answer, broken), say(answer)];
    const { expense } = await create().assess(attacked, {
      onRestart: restarts,
    });
    expect(expense.attempts).toBe(2);
    expect(restarts.mock.calls).toEqual([
      [expect.stringContaining('broke off'), 1],
    ]);
    server.replies = [say(answer, broken)];
    await expect(
      create({ attempts: 1 }).assess(attacked),
    ).rejects.toMatchObject({ problem: { code: 'assessor-cut' } });
  });

  it.each<[string, number, object, string]>([
    ['a wrong key', 401, {}, 'assessor-unauthorized'],
    ['an unknown model', 404, {}, 'assessor-model-unknown'],
    ['a long pause', 429, { 'retry-after': '3600' }, 'assessor-busy'],
    ['a refusal', 400, {}, 'assessor-refused'],
  ])('gives up at %s', async (_name, status, headers, code) => {
    server.replies = [
      refuse(status, { message: 'no' }, headers as Record<string, string>),
    ];
    await expect(create().assess(attacked)).rejects.toMatchObject({
      problem: { code },
    });
    expect(server.requests).toHaveLength(1);
  });

  it('ends with a reason when answers stay wrong or away', async () => {
    server.replies = [say('no JSON at all')];
    await expect(
      create({ attempts: 2 }).assess(attacked),
    ).rejects.toMatchObject({ problem: { code: 'assessor-structure' } });
    expect(server.requests).toHaveLength(2);
    server.replies = [(_request, response) => void response.destroy()];
    await expect(
      create({ attempts: 2 }).assess(attacked),
    ).rejects.toMatchObject({ problem: { code: 'assessor-unavailable' } });
    server.replies = [() => {}];
    await expect(
      create({ attempts: 1, timeoutSeconds: 1 }).assess(attacked),
    ).rejects.toMatchObject({
      problem: { message: expect.stringContaining('timeoutSeconds') },
    });
  });

  it('takes the prompt nowhere else, whatever the server says', async () => {
    const elsewhere = await ModelServer.start();
    elsewhere.replies = [say('no JSON at all')];
    server.replies = [
      (_request, response) =>
        void response.writeHead(307, { Location: elsewhere.url }).end(),
    ];
    await expect(
      create({ attempts: 1 }).assess(attacked),
    ).rejects.toMatchObject({ problem: { code: 'assessor-unavailable' } });
    expect(elsewhere.requests).toEqual([]);
    await elsewhere.stop();
  });

  it('stops at once when nobody waits any more', async () => {
    const abort = new AbortController();
    server.replies = [() => abort.abort(new Error('gone'))];
    await expect(
      create().assess(attacked, { signal: abort.signal }),
    ).rejects.toThrow('gone');
    expect(server.requests).toHaveLength(1);
  });

  it('keeps the prompt in bounds, and leaves out what tells least', async () => {
    const many = structuredClone(attacked);
    const { processes } = many.report;
    for (let pid = 5000; pid < 8000; pid++) {
      processes.push({ ...processes[0], pid, argv: ['sleep', `${pid}`] });
    }
    server.replies = [
      refuse(413, { message: 'Request too large' }),
      say(answer),
    ];
    const { disclosure } = await create({ maxPromptCharacters: 24_000 }).assess(
      many,
    );
    const [first, second] = server.requests.map(({ messages }) =>
      messages.reduce((sum, { content }) => sum + content.length, 0),
    );
    expect(first).toBeLessThanOrEqual(24_000);
    expect(second).toBeLessThanOrEqual(12_000);
    expect(disclosure.promptCharacters).toBe(second);
    expect(disclosure.leftOut).toContainEqual({
      part: 'processes',
      items: expect.any(Number),
    });
    expect(server.requests[1].messages[1].content).toContain(
      'shell-with-socket',
    );
  });
});
