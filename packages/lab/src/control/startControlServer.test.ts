import { ObjectStore } from '../api/store';
import { Falco } from '../falco/Falco';
import { Faults } from '../faults/Faults';
import { startControlServer, type ControlServer } from './startControlServer';

describe('startControlServer', () => {
  const faults = new Faults();
  const clusters = ['cluster1', 'cluster2'].map(name => ({
    name,
    store: new ObjectStore({ onListenerError: () => undefined }),
    falco: new Falco(name, 'token'),
  }));
  let server: ControlServer;

  beforeAll(async () => {
    server = await startControlServer({
      host: '127.0.0.1',
      port: 0,
      token: 'secret',
      clusters,
      faults,
    });
  });

  afterAll(() => server.close());

  const call = (
    method: string,
    body?: object,
    token = 'secret',
    path = '/faults',
  ) =>
    fetch(`${server.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      body: body && JSON.stringify(body),
    });

  it('switches faults on and off', async () => {
    const fault = { cluster: 'cluster2', fault: 'restore-fails' };
    expect(await (await call('POST', fault)).json()).toEqual({
      faults: [fault],
    });
    expect(faults.find('restore-fails', { cluster: 'cluster2' })).toEqual(
      fault,
    );
    expect(await (await call('DELETE', fault)).json()).toEqual({ faults: [] });
    expect(await (await call('GET')).json()).toEqual({ faults: [] });
  });

  it('refuses strangers and what it does not know', async () => {
    expect((await call('GET', undefined, 'wrong')).status).toBe(401);
    const unknown = await call('POST', {
      cluster: 'cluster9',
      fault: 'restore-fails',
    });
    expect(await unknown.json()).toMatchObject({
      code: 400,
      message: 'cluster: one of cluster1, cluster2',
    });
    expect((await call('PUT')).status).toBe(405);
  });

  it('makes alerts up, and says so', async () => {
    const made = await call(
      'POST',
      {
        cluster: 'cluster2',
        rule: 'Clear Log Activities',
        count: 3,
        pod: 'some-pod',
      },
      'secret',
      '/alerts',
    );
    expect(await made.json()).toMatchObject({
      clusters: [
        { cluster: 'cluster1', recent: [] },
        { cluster: 'cluster2', recent: [{}, {}, {}] },
      ],
    });
    const [alert] = clusters[1].falco.recent();
    expect(alert).toMatchObject({
      rule: 'Clear Log Activities',
      priority: 'Warning',
      output_fields: {
        'k8s.ns.name': 'demo',
        'k8s.pod.name': 'some-pod',
        lab_made_up: 'true',
      },
    });
    expect(alert.tags).toContain('lab_made_up');
    const wrong = await call(
      'POST',
      { cluster: 'cluster2', count: 1e9 },
      'secret',
      '/alerts',
    );
    expect(wrong.status).toBe(400);
  });
});
