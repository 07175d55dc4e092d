import { workedMs } from '../__testUtils__';
import { isSecretName, MASK, SecretMask } from '.';

const S = 'Zq8vN2kLp0xR4tYw';
const mask = SecretMask.of([]);

describe('isSecretName', () => {
  it.each([
    'DB_PASSWORD',
    'clientSecret',
    'AccountKey',
    'aws_secret_access_key',
  ])('knows %s', name => expect(isSecretName(name)).toBe(true));

  it.each([
    'KEYBOARD',
    'PASSWORD_FILE',
    'tokenType',
    'private_key_id',
    'AUTHOR',
  ])('leaves %s', name => expect(isSecretName(name)).toBe(false));
});

describe('SecretMask', () => {
  it.each([
    ['an assignment', `sh -c "PGPASSWORD=${S} psql -h db"`],
    ['JSON', `{"user":"u","clientSecret":"${S}"}`],
    ['JSON in JSON', `{\\"password\\": \\"${S}\\"}`],
    ['YAML', `dbPassword:     ${S}`],
    ['PHP', `define('DB_PASSWORD', '${S}'); ['token' => '${S}']`],
    ['a request', `GET /x?api_key=${S}&a=b`],
    ['a signed address', `https://a.blob.example/c?sv=1&sig=${S}%2Fabc`],
    ['a header', `curl -H "X-Api-Key: ${S}"`],
    ['a bearer', `Authorization: Bearer ${S}`],
    ['a cookie', `Set-Cookie: sid=${S}; Path=/`],
    ['a connection string', `AccountName=x;AccountKey=${S}==;Suffix=y`],
    ['an address with an @ in its password', `postgres://u:a@${S}@h/db`],
    ['an npm setting', `//registry.example/:_authToken=${S}`],
    ['a Docker setting', `{"auths":{"r":{"auth":"${S}"}}}`],
    ['a Redis setting', `port 1\nrequirepass ${S}\n`],
    ['curl', `curl -s -u admin:${S} http://x`],
    ['mysql', `mysqldump -uroot -p${S} db`],
    ['redis-cli', `redis-cli -h r -a ${S} ping`],
    ['sshpass', `sshpass -p ${S} ssh h`],
    ['Vault', `hvs.${S}${S}`],
    ['OpenAI', `sk-proj-${S}${S}`],
    ['a web hook', `https://hooks.slack.com/services/T0/B0/${S}`],
    ['AWS for a session', `ASIAZQ8VN2KLP0XR4TYW`],
  ])('hides the secret in %s', (_what, text) => {
    expect(mask.text(text)).not.toMatch(/Zq8vN2k|ASIAZQ8/);
    expect(mask.text(text)).toContain(MASK);
  });

  it('hides what follows an option, also where each word stands by itself', () => {
    const args = ['redis-server', '--requirepass', S, '--port', '6379'];
    expect(
      mask.data({ args, more: ['mysql', `-p${S}`], no: ['--token'] }),
    ).toEqual({
      args: ['redis-server', '--requirepass', MASK, '--port', '6379'],
      more: ['mysql', `-p${MASK}`],
      no: ['--token'],
    });
  });

  it.each([
    '--password=$ecret-and-more',
    'DB_PASSWORD=%41secret',
    'TOKEN=<abc>def-ghi',
    '{"password":"$2secret"}',
  ])('takes no secret for a reference to one: %s', text => {
    expect(mask.text(text)).not.toMatch(/ecret|def/);
  });

  it.each([
    'PASSWORD=${DB_PASSWORD} ./run',
    'token=$(cat /run/token)',
    'PASSWORD=%DB_PASSWORD% run.bat',
    "printf('password=%s')",
    '--token <your-token>',
    'passwd: files systemd',
    '--requirepass --port 6379',
    'PASSWORD=$REDIS_PASSWORD ./run',
    'PASSWORD_FILE=/run/secrets/password',
    'ssh -p 2222 host, docker -u root:root, nginx: worker process',
    'Unexpected token: word in JSON at position 1234',
    'Unsecured Credentials: Container API',
  ])('leaves %j', text => {
    expect(mask.text(text)).toBe(text);
  });

  it('hides a short secret only where it stands', () => {
    expect(mask.text('http://u:pw@h/pwd')).toBe(`http://u:${MASK}@h/pwd`);
  });

  it.each([
    'a.',
    'password=',
    'token ',
    'curl -u ',
    "'a',",
    'mysql -',
    'https://a:',
    '"\\',
    '-----BEGIN PRIVATE KEY-----',
  ])('takes no time on %j again and again', piece => {
    const start = workedMs();
    SecretMask.of([]).text(piece.repeat(400_000 / piece.length));
    expect(workedMs() - start).toBeLessThan(20_000);
  });

  it('takes no time on many secrets', () => {
    const text = Array.from(
      { length: 40_000 },
      (_, i) => `a://b:c${i}of-many@d`,
    ).join(' ');
    const start = workedMs();
    expect(mask.text(text)).not.toContain('of-many');
    expect(workedMs() - start).toBeLessThan(20_000);
  });
});
