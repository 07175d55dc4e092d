import { fc } from '../../__testUtils__/fc';
import { Redactor } from './Redactor';

function redact(texts: string[], ipAddresses = false) {
  const redactor = new Redactor({ ipAddresses });
  texts.forEach(text => redactor.learn(text));
  return {
    texts: texts.map(text => redactor.redact(text)),
    list: redactor.list(),
  };
}

const jwt =
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P';
const key =
  '-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA7bq3\n-----END RSA PRIVATE KEY-----';

describe('Redactor', () => {
  it.each([
    ['mysql --password=hunter22x db', 'hunter22x', 'secret'],
    ['psql --db-token s3cr3t-tok', 's3cr3t-tok', 'secret'],
    ['DB_PASSWORD="two words" ./run', 'two words', 'secret'],
    ['{"api_key": "abc123def"}', 'abc123def', 'secret'],
    ['curl -H "Authorization: Bearer abc.def-ghi"', 'abc.def-ghi', 'token'],
    ['{"clientSecret": "abc123def"}', 'abc123def', 'secret'],
    ['{"PGPASSWORD":"abc123def"}', 'abc123def', 'secret'],
    ['{\\"password\\":\\"abc123def\\"}', 'abc123def', 'secret'],
    ['curl -u admin:abc123def http://x', 'abc123def', 'secret'],
    ['mysql -uroot -pabc123def', 'abc123def', 'secret'],
    ['AccountName=x;AccountKey=abc123def==', 'abc123def', 'secret'],
    ['postgres://u:p@ss@db/x', 'p@ss', 'url-password'],
    ['https://joe:opensesame@db/x', 'opensesame', 'url-password'],
    [`cookie ${jwt}`, jwt, 'token'],
    ['ghp_abcdefghijklmnopqrstuvwxyz0123456789', 'ghp_', 'token'],
    ['aws AKIAIOSFODNN7EXAMPLE', 'AKIAIOSFODNN7EXAMPLE', 'token'],
    ['gsk_abcdefghijklmnopqrstuvwx', 'gsk_', 'token'],
    [`echo '${key}' > k`, 'MIIEow', 'private-key'],
    ['mail eve.o+x@mail.example.org', 'eve.o+x@mail.example.org', 'email'],
  ])('hides what is secret in %j', (text, secret, kind) => {
    const { texts, list } = redact([text]);
    expect(texts[0]).not.toContain(secret);
    expect(texts[0]).toContain(`[${kind}-1]`);
    expect(list).toEqual([{ kind, count: 1 }]);
  });

  it('hides a value everywhere once one text gives it away, by the same name', () => {
    const { texts, list } = redact([
      'found correct-horse in a file',
      'REDIS_PASSWORD=correct-horse',
      'PGPASSWORD=other-horse',
    ]);
    expect(texts).toEqual([
      'found [secret-1] in a file',
      'REDIS_PASSWORD=[secret-1]',
      'PGPASSWORD=[secret-2]',
    ]);
    expect(list).toEqual([{ kind: 'secret', count: 2 }]);
  });

  it('hides addresses by choice', () => {
    const text = 'nc 10.42.0.7 4444 and fe80::1:2 but not 1.2.3 or 12:30:59';
    expect(redact([text]).texts[0]).toBe(text);
    const { texts } = redact([text], true);
    expect(texts[0]).not.toMatch(/10\.42|fe80/);
    expect(texts[0]).toContain('1.2.3');
  });

  it('leaves what is no secret', () => {
    const text =
      'nginx: worker process, sh -c "sleep 1" -a pw=abc, /usr/bin/python3 -m http.server 8080, token ******';
    expect(redact([text]).texts[0]).toBe(text);
  });

  it('hides more values than it can look for everywhere', () => {
    const texts = Array.from({ length: 5_000 }, (_, i) =>
      i % 2 ? `A_TOKEN=value-${i}-of-many` : `--password=value-${i}-of-many`,
    );
    expect(redact(texts).texts.join()).not.toContain('of-many');
  });

  it('hides a value that one text gives away, whatever stands around it in others', () => {
    const around = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(
        'password=',
        '--token ',
        ' -u a:',
        'https://a:',
        '@',
        '"',
        '[secret-1]',
        'x@y.example',
        '=',
        '\n',
      ),
    );
    const secrets = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_%+-]{7,29}$/);
    fc.assert(
      fc.property(
        secrets,
        fc.array(fc.tuple(around, around), { maxLength: 6 }),
        (secret, surroundings) => {
          const { texts } = redact([
            `DB_PASSWORD=${secret}`,
            ...surroundings.map(([before, after]) => before + secret + after),
          ]);
          expect(texts.join('\n')).not.toContain(secret);
        },
      ),
    );
  });

  it('takes no time on hostile text', () => {
    const texts = [
      'a'.repeat(200_000),
      '-p '.repeat(70_000),
      'eyJ'.repeat(70_000),
    ];
    const start = performance.now();
    redact([...texts, ...texts.map(text => `token=${text}`)]);
    expect(performance.now() - start).toBeLessThan(60_000);
  });
});
