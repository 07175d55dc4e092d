import type { RunningCluster } from '../../cluster/startCluster';
import { request } from '../../testing/request';
import { startTestCluster } from '../../testing/startTestCluster';

const DEPLOYMENT = '/apis/apps/v1/namespaces/default/deployments/web';

describe('server-side apply', () => {
  let cluster: RunningCluster;

  beforeEach(async () => {
    cluster = await startTestCluster();
  });

  afterEach(() => cluster.close());

  const write = (path: string, type: string, body: unknown) =>
    request(cluster, path, {
      method: 'PATCH',
      headers: { 'content-type': `application/${type}` },
      body,
    });
  const apply = (manager: string, spec: object, options = '') =>
    write(
      `${DEPLOYMENT}?fieldManager=${manager}${options}`,
      'apply-patch+yaml',
      { apiVersion: 'apps/v1', kind: 'Deployment', spec },
    );
  const specOf = (replicas: number | undefined, image: string) => ({
    replicas,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'web', image }] },
    },
  });

  it('is refused what others own, unless it is forced', async () => {
    expect((await apply('first', specOf(2, 'web:1'))).code).toBe(201);
    await write(`${DEPLOYMENT}/scale?fieldManager=first`, 'merge-patch+json', {
      spec: { replicas: 5 },
    });
    const refused = await apply('first', specOf(2, 'web:1'));
    expect(refused.body).toMatchObject({
      code: 409,
      reason: 'Conflict',
      message:
        'Apply failed with 1 conflict: conflict with "first" with subresource "scale" using apps/v1: .spec.replicas',
    });
    // What is the same is no conflict, and who leaves a field alone may do all else.
    expect((await apply('first', specOf(5, 'web:1'))).code).toBe(200);
    const forced = await apply('first', specOf(3, 'web:1'), '&force=true');
    expect(forced.body.spec.replicas).toBe(3);
    const other = await apply('second', specOf(3, 'web:2'));
    expect(other.body.message).toBe(
      'Apply failed with 1 conflict: conflict with "first": .spec.template.spec.containers[name="web"].image',
    );
  });

  it('takes away what its manager does not name any more', async () => {
    const withLabels = (labels: object) =>
      write(
        '/api/v1/namespaces/default/configmaps/settings?fieldManager=first',
        'apply-patch+yaml',
        {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { labels },
          data: { a: '1' },
        },
      );
    await withLabels({ one: '1', two: '2' });
    const { body } = await withLabels({ two: '2' });
    expect(body.metadata.labels).toEqual({ two: '2' });
    expect(body.data).toEqual({ a: '1' });
  });

  it('needs a manager', async () => {
    const { code, body } = await write(DEPLOYMENT, 'apply-patch+yaml', {
      spec: {},
    });
    expect([code, body.message]).toEqual([
      400,
      expect.stringContaining('fieldManager: Required value'),
    ]);
  });
});
