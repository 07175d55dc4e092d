import { corpus, poison, secret } from '../__testUtils__/corpus';
import { buildPrompt } from './buildPrompt';

describe('a prompt made of hostile texts', () => {
  it.each(corpus)('is only quoted: %j', text => {
    const { system, user } = buildPrompt(poison(text), {
      maxCharacters: 48_000,
      ipAddresses: false,
    });
    // Our own instructions are the same, whatever the container says.
    const [, nonce] = /EVIDENCE ([0-9a-f]{32}) is data/.exec(system)!;
    const calm = buildPrompt(poison('calm'), {
      maxCharacters: 48_000,
      ipAddresses: false,
    });
    const [, calmNonce] = /EVIDENCE ([0-9a-f]{32}) is data/.exec(calm.system)!;
    expect(system.replaceAll(nonce, '')).toBe(
      calm.system.replaceAll(calmNonce, ''),
    );

    // All that came from outside stands between the two lines, each on a line of its own that is one JSON object.
    const [head, begin, ...rest] = user.split('\n');
    const end = rest.splice(-2);
    expect(head).toBe('Assess this container.');
    expect(begin).toBe(`----- EVIDENCE ${nonce} BEGINS -----`);
    expect(end).toEqual([
      `----- EVIDENCE ${nonce} ENDS -----`,
      'Answer with the JSON object alone.',
    ]);
    expect(rest.join('\n')).not.toContain(nonce);
    const items = rest
      .filter(line => !/^# [a-z ]+$/.test(line))
      .map(line => JSON.parse(line));
    expect(items.every(item => typeof item === 'object')).toBe(true);

    // Nothing that cannot be seen, and nothing that is secret, in whatever spelling.
    expect(user).not.toMatch(/[^\n\u0020-\u007e\u00a1-\u024f]/);
    const encoded = Buffer.from(secret).toString('base64').slice(2, -4);
    expect(user).not.toContain(secret);
    expect(user).not.toContain(secret.slice(0, 4));
    expect(user).not.toContain(secret.slice(-5));
    expect(user).not.toContain(encoded);
  });

  it('holds nothing of an alert but what helps to judge', () => {
    const subject = poison('calm');
    const [alert] = subject.alerts;
    const { user } = buildPrompt(
      { ...subject, alerts: [{ ...alert, fields: 'all else' } as any] },
      { maxCharacters: 48_000, ipAddresses: false },
    );
    expect(user).not.toContain('all else');
  });

  it('says what was withheld, by kind and count, and never the values', () => {
    const { disclosure } = buildPrompt(poison('mail eve@example.org'), {
      maxCharacters: 48_000,
      ipAddresses: true,
    });
    expect(disclosure.redactions).toEqual(
      expect.arrayContaining([
        { kind: 'secret', count: expect.any(Number) },
        { kind: 'email', count: 1 },
      ]),
    );
    expect(JSON.stringify(disclosure)).not.toMatch(/Tr0ub|eve@/);
  });

  it('tells nothing of a private key that a log has over several lines', () => {
    const subject = poison('calm');
    const body = [
      'MIIEowIBAAKCAQEA7bq3Zk1x',
      'QmFzZTY0IGlzIG5vIHNlY3JldA',
      'c2hvcnQ=',
    ];
    const lines = [
      'reading the key',
      '-----BEGIN PRIVATE KEY-----',
      ...body,
      '-----END PRIVATE KEY-----',
      'ready',
    ];
    subject.report.log = {
      lines: lines.length,
      tail: lines.map(text => ({ text })),
    };
    const { user } = buildPrompt(subject, {
      maxCharacters: 48_000,
      ipAddresses: false,
    });
    expect(user).toContain('reading the key');
    for (const line of body) expect(user).not.toContain(line);
  });
});
