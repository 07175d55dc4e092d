import type { RunningCluster } from '../../cluster/startCluster';
import { Faults } from '../../faults/Faults';
import { request } from '../../testing/request';
import { startTestCluster } from '../../testing/startTestCluster';

const PATH = '/api/v1/namespaces/default/configmaps';

describe("faults of a cluster's API", () => {
  const faults = new Faults();
  let cluster: RunningCluster;

  beforeAll(async () => {
    cluster = await startTestCluster({ faults });
  });

  afterEach(() => faults.clearAll());
  afterAll(() => cluster.close());

  const call = (query = '') => request(cluster, `${PATH}${query}`);

  it('api-unreachable', async () => {
    faults.set({ cluster: 'cluster1', fault: 'api-unreachable' });
    await expect(call()).rejects.toThrow();
    faults.clearAll();
    expect((await call()).code).toBe(200);
  });

  it('watch-dropped', async () => {
    const { body } = await call();
    const watch = `?watch=true&resourceVersion=${body.metadata.resourceVersion}`;
    faults.set({ cluster: 'cluster1', fault: 'watch-dropped', seconds: 0.01 });
    await expect(call(watch)).rejects.toThrow();
    expect((await call()).code).toBe(200);
  });

  it('watch-expired', async () => {
    faults.set({ cluster: 'cluster1', fault: 'watch-expired', times: 1 });
    const { body } = await call('?watch=true&resourceVersion=1');
    expect(JSON.parse(body)).toMatchObject({
      type: 'ERROR',
      object: { code: 410, reason: 'Expired' },
    });
  });
});
