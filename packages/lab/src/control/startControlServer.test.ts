import { Faults } from '../faults/Faults';
import { startControlServer, type ControlServer } from './startControlServer';

describe('startControlServer', () => {
  const faults = new Faults();
  let server: ControlServer;

  beforeAll(async () => {
    server = await startControlServer({
      host: '127.0.0.1',
      port: 0,
      token: 'secret',
      clusters: ['cluster1', 'cluster2'],
      faults,
    });
  });

  afterAll(() => server.close());

  const call = (method: string, body?: object, token = 'secret') =>
    fetch(`${server.url}/faults`, {
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
});
