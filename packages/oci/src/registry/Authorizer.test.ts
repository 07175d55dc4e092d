import { MemoryRegistry } from '../__testUtils__/MemoryRegistry';
import { CredentialsLookup } from './credentials';
import { RegistryClient } from './RegistryClient';

const repository = 'cubemig/cluster1/counter';
const basic = `Basic ${Buffer.from('user:password').toString('base64')}`;

let registry: MemoryRegistry;
let client: RegistryClient;

function createClient(credentials: CredentialsLookup) {
  return new RegistryClient({
    host: registry.host,
    insecure: true,
    credentials,
  });
}

beforeEach(async () => {
  registry = await MemoryRegistry.start();
  client = createClient(host =>
    host === registry.host
      ? { username: 'user', password: 'password' }
      : undefined,
  );
});

afterEach(async () => {
  await client.close();
  await registry.stop();
});

describe('Authorizer', () => {
  it('shows basic credentials when asked, and from then on', async () => {
    registry.intercept = ({ headers }) =>
      headers.authorization === basic
        ? undefined
        : { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } };
    await client.resolveTag(repository, 'tag');
    await client.resolveTag(repository, 'tag');
    expect(registry.requests.map(r => r.headers.authorization)).toEqual([
      undefined,
      basic,
      basic,
    ]);
  });

  it('fails clearly with wrong credentials', async () => {
    registry.intercept = () => ({
      status: 401,
      headers: { 'www-authenticate': 'Basic realm="r"' },
    });
    await expect(client.resolveTag(repository, 'tag')).rejects.toMatchObject({
      code: 'registry-unauthorized',
      remedy: expect.stringContaining('credentials'),
    });
    expect(registry.requests).toHaveLength(2);
  });

  it('fetches a token for each scope, once', async () => {
    registry.intercept = ({ path, headers }) => {
      const url = new URL(path, 'http://registry');
      if (url.pathname === '/token') {
        return headers.authorization === basic
          ? {
              status: 200,
              body: JSON.stringify({
                token: Buffer.from(
                  url.searchParams.getAll('scope').join(' '),
                ).toString('base64'),
                expires_in: 300,
              }),
            }
          : { status: 401 };
      }
      const scope = headers.authorization?.startsWith('Bearer ')
        ? Buffer.from(headers.authorization.slice(7), 'base64').toString()
        : '';
      return scope.startsWith(`repository:${repository}:pull`)
        ? undefined
        : {
            status: 401,
            headers: {
              'www-authenticate': `Bearer realm="http://${registry.host}/token",service="lab"`,
            },
          };
    };
    await client.uploadBlob(repository, Buffer.from('content'));
    await client.resolveTag(repository, 'tag');
    await client.resolveTag(repository, 'tag');
    const tokens = registry.requests.filter(r => r.path.startsWith('/token'));
    expect(tokens.map(r => decodeURIComponent(r.path))).toEqual([
      `/token?service=lab&scope=repository:${repository}:pull,push`,
      `/token?service=lab&scope=repository:${repository}:pull`,
    ]);
    expect(tokens.every(r => r.headers.authorization === basic)).toBe(true);
  });

  it('asks for a new token when one is no longer taken', async () => {
    let current = 0;
    registry.intercept = ({ path, headers }) => {
      if (path.startsWith('/token')) {
        current += 1;
        return { status: 200, body: JSON.stringify({ token: `t${current}` }) };
      }
      return headers.authorization === `Bearer t${current}`
        ? undefined
        : {
            status: 401,
            headers: {
              'www-authenticate': `Bearer realm="http://${registry.host}/token"`,
            },
          };
    };
    await client.resolveTag(repository, 'tag');
    current = 7;
    await client.resolveTag(repository, 'tag');
    expect(current).toBe(8);
  });
});

describe('Authorizer, other hosts', () => {
  let other: MemoryRegistry;

  beforeEach(async () => {
    other = await MemoryRegistry.start();
    other.intercept = () => ({
      status: 200,
      body: JSON.stringify({ token: 'from-other' }),
    });
  });

  afterEach(() => other.stop());

  const challenge = (realm: string) => ({
    status: 401,
    headers: { 'www-authenticate': `Bearer realm="${realm}"` },
  });

  it('does not even call a token service on a host that nobody configured', async () => {
    registry.intercept = () => challenge(`http://${other.host}/token`);
    await expect(client.resolveTag(repository, 'tag')).rejects.toMatchObject({
      code: 'registry-elsewhere',
      message: expect.stringContaining(other.host),
    });
    expect(other.requests).toEqual([]);
  });

  it('gives a token service on another host what is configured for that host', async () => {
    registry.intercept = ({ headers }) =>
      headers.authorization
        ? undefined
        : challenge(`http://${other.host}/token`);
    await client.close();
    client = createClient(host => ({ username: host, password: 'password' }));
    await client.resolveTag(repository, 'tag');
    const sent = Buffer.from(`${other.host}:password`).toString('base64');
    expect(other.requests[0].headers.authorization).toBe(`Basic ${sent}`);
    expect(registry.requests.at(-1)?.headers.authorization).toBe(
      'Bearer from-other',
    );
  });

  it('follows a redirect of a blob without credentials', async () => {
    const blob = await client.uploadBlob(repository, Buffer.from('content'));
    registry.intercept = ({ headers }) =>
      headers.authorization
        ? {
            status: 307,
            headers: { location: `http://${other.host}/storage?signature=x` },
          }
        : { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } };
    other.intercept = () => ({ status: 200, body: 'content' });
    const stream = await client.downloadBlob(repository, blob);
    expect(Buffer.concat(await stream.toArray()).toString()).toBe('content');
    expect(other.requests).toHaveLength(1);
    expect(other.requests[0].headers.authorization).toBeUndefined();
  });

  it('does not answer the challenge of the host it was redirected to', async () => {
    const blob = await client.uploadBlob(repository, Buffer.from('content'));
    registry.intercept = () => ({
      status: 307,
      headers: { location: `http://${other.host}/storage` },
    });
    other.intercept = () => ({
      status: 401,
      headers: { 'www-authenticate': 'Basic realm="r"' },
    });
    await expect(client.downloadBlob(repository, blob)).rejects.toMatchObject({
      code: 'registry-unauthorized',
    });
    expect(other.requests).toHaveLength(1);
  });

  it('follows no redirect of a manifest, and uploads to no other host', async () => {
    registry.intercept = ({ method }) => ({
      status: method === 'POST' ? 202 : 307,
      headers: { location: `http://${other.host}/elsewhere` },
    });
    await expect(client.resolveTag(repository, 'tag')).rejects.toMatchObject({
      code: 'registry-elsewhere',
    });
    await expect(client.startUpload(repository)).rejects.toMatchObject({
      code: 'registry-elsewhere',
      remedy: expect.stringContaining('X-Forwarded-Proto'),
    });
    expect(other.requests).toEqual([]);
  });

  it('gives up on a redirect without end', async () => {
    const blob = await client.uploadBlob(repository, Buffer.from('content'));
    registry.intercept = () => ({ status: 307, headers: { location: '/v2/' } });
    registry.requests.length = 0;
    await expect(client.downloadBlob(repository, blob)).rejects.toMatchObject({
      code: 'registry-elsewhere',
    });
    expect(registry.requests).toHaveLength(4);
  });
});
