import { TestDatabases } from '@backstage/backend-test-utils';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, IncomingMessage } from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createRun } from '../../__testUtils__/createRun';
import { readConfig } from '../../__testUtils__/samplePlan';
import { callWebhooks, restoreRoutes, switchRoutes } from '.';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const key = { namespace: 'demo', name: 'shop' };
const spec = { http: [{ route: [{ subset: 'here' }] }] };
const rule = {
  match: { namespace: 'demo', workload: 'p' },
  cluster: 'source',
  kind: 'VirtualService',
  ...key,
  patch: [
    { op: 'replace', path: '/spec/http/0/route/0/subset', value: 'there' },
    { op: 'add', path: '/spec/http/0/route/-', value: { subset: 'both' } },
  ],
};
const switched = {
  http: [{ route: [{ subset: 'there' }, { subset: 'both' }] }],
};

async function start(migration: object) {
  const made = await createRun(databases);
  made.run.config.migration = readConfig(migration).migration;
  await made.source.create('VirtualService', {
    metadata: { ...key },
    spec: structuredClone(spec),
  });
  const read = async () => (await made.source.get('VirtualService', key))?.spec;
  return { ...made, read };
}

describe('routes', () => {
  it('are changed once, however often that is asked, and put back', async () => {
    const { run, read } = await start({ traffic: [rule] });
    await switchRoutes(run);
    await switchRoutes(run);
    expect(await read()).toEqual(switched);
    await restoreRoutes(run);
    await restoreRoutes(run);
    expect(await read()).toEqual(spec);
  });

  it('are known to be changed, although whoever did it died before saying so', async () => {
    const { run, read } = await start({ traffic: [rule] });
    await switchRoutes(run);
    await run.save(
      {},
      { routes: run.facts.routes!.map(({ after, ...route }) => route) },
    );
    await switchRoutes(run);
    expect(await read()).toEqual(switched);
    await restoreRoutes(run);
    expect(await read()).toEqual(spec);
  });

  it('are left to whoever changed them since', async () => {
    const { run, read, source } = await start({ traffic: [rule] });
    await switchRoutes(run);
    await source.patch('VirtualService', key, { spec: { hosts: ['new'] } });
    await restoreRoutes(run);
    expect(await read()).toEqual({ ...switched, hosts: ['new'] });
    expect(run.migration.warnings.join()).toContain('changed by somebody else');
  });

  it('of other workloads are not touched', async () => {
    const other = { ...rule, match: { namespace: 'demo', workload: 'q' } };
    const { run, read } = await start({ traffic: [other] });
    await switchRoutes(run);
    expect(await read()).toEqual(spec);
  });

  it('that are missing stop the cut-over', async () => {
    const { run } = await start({ traffic: [{ ...rule, name: 'nobody' }] });
    await expect(switchRoutes(run)).rejects.toMatchObject({
      problem: { code: 'route-missing' },
    });
  });

  it.each([
    [{ path: '/metadata/labels' }, /must begin with \/spec/],
    [{ path: '/specimen' }, /must begin with \/spec/],
  ])('are changed in nothing but their spec: %j', (change, message) => {
    const patch = [{ op: 'remove', ...change }];
    expect(() => readConfig({ traffic: [{ ...rule, patch }] })).toThrow(
      message,
    );
  });

  it('outside the granted namespaces are none of ours', () => {
    expect(() =>
      readConfig({ traffic: [{ ...rule, namespace: 'elsewhere' }] }),
    ).toThrow('must be one of cubemig.namespaces');
  });
});

describe('webhooks', () => {
  const secret = 'a secret of some length';

  async function listen(status: number, headers: Record<string, string> = {}) {
    const requests: { request: IncomingMessage; body: string }[] = [];
    const server = createServer(async (request, response) => {
      requests.push({ request, body: await text(request) });
      response.writeHead(status, headers).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/hook?token=t`;
    return { requests, url, close: () => server.close() };
  }

  it('are told, and can tell that it was us', async () => {
    const { requests, url, close } = await listen(204);
    const { run, store } = await start({ webhooks: [{ url, secret }] });
    await callWebhooks(run, 'cut-over');
    close();
    const [{ request, body }] = requests;
    expect(JSON.parse(body)).toMatchObject({
      event: 'cut-over',
      migration: { id: run.migration.id, source: { pod: 'p' } },
    });
    const signed = `${request.headers['x-cubemig-timestamp']}.${body}`;
    const expected = createHmac('sha256', secret).update(signed).digest('hex');
    expect(request.headers['x-cubemig-signature']).toBe(`sha256=${expected}`);
    expect(request.headers['idempotency-key']).toBe(
      `${run.migration.id}/cut-over`,
    );
    const events = await store.listEvents(run.migration.id);
    expect(JSON.stringify(events)).not.toContain('token=t');
  });

  it.each([
    ['an error', 500, {}, 'answered 500'],
    ['a way to elsewhere', 307, { Location: 'http://127.0.0.2/' }, 'redirect'],
  ])(
    'that answer with %s stop the cut-over',
    async (_what, status, headers, text_) => {
      const { url, close } = await listen(status, headers as any);
      const { run } = await start({ webhooks: [{ url, secret }] });
      await expect(callWebhooks(run, 'cut-over')).rejects.toMatchObject({
        problem: {
          code: 'webhook-failed',
          message: expect.stringContaining(text_),
        },
      });
      close();
    },
  );
});
