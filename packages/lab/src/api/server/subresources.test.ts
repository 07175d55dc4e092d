import type { RunningCluster } from '../../cluster/startCluster';
import { POD_SPEC } from '../../testing/TestCluster';
import { request } from '../../testing/request';
import { ADMIN_TOKEN, startTestCluster } from '../../testing/startTestCluster';

describe('subresources and reviews', () => {
  let cluster: RunningCluster;

  beforeEach(async () => {
    cluster = await startTestCluster();
  });

  afterEach(() => cluster.close());

  const patch = (path: string, type: string, body: unknown) =>
    request(cluster, path, {
      method: 'PATCH',
      headers: { 'content-type': `application/${type}` },
      body,
    });

  it('reads and writes the scale of a workload', async () => {
    const deployments = '/apis/apps/v1/namespaces/default/deployments';
    await request(cluster, deployments, {
      method: 'POST',
      body: {
        metadata: { name: 'shop' },
        spec: {
          replicas: 0,
          selector: { matchLabels: { app: 'shop' } },
          template: { metadata: { labels: { app: 'shop' } }, spec: POD_SPEC },
        },
      },
    });
    const { body: scale } = await request(cluster, `${deployments}/shop/scale`);
    expect(scale).toMatchObject({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      spec: { replicas: 0 },
      status: { selector: 'app=shop' },
    });
    const changed = await patch(
      `${deployments}/shop/scale`,
      'merge-patch+json',
      { spec: { replicas: 2 } },
    );
    expect(changed.body.spec.replicas).toBe(2);
    const stale = await request(cluster, `${deployments}/shop/scale`, {
      method: 'PUT',
      body: { ...scale, spec: { replicas: 5 } },
    });
    expect(stale.code).toBe(409);
  });

  it('answers who may do what', async () => {
    const review = (
      kind: string,
      group: string,
      spec: object,
      token = ADMIN_TOKEN,
    ) =>
      request(cluster, `/apis/${group}/v1/${kind}`, {
        method: 'POST',
        body: { spec },
        token,
      });
    const account = cluster.access.issueServiceAccountToken(
      'default',
      'default',
    );
    const resourceAttributes = {
      verb: 'create',
      resource: 'nodes',
      subresource: 'checkpoint',
    };
    const self = await review(
      'selfsubjectaccessreviews',
      'authorization.k8s.io',
      { resourceAttributes },
      account,
    );
    expect(self.body.status).toEqual({ allowed: false });
    const other = await review('subjectaccessreviews', 'authorization.k8s.io', {
      user: 'root',
      groups: ['system:masters'],
      resourceAttributes,
    });
    expect(other.body.status).toEqual({ allowed: true });
    const token = await review('tokenreviews', 'authentication.k8s.io', {
      token: account,
    });
    expect(token.body.status).toMatchObject({
      authenticated: true,
      user: { username: 'system:serviceaccount:default:default' },
    });
  });

  it('issues tokens', async () => {
    const { body } = await request(
      cluster,
      '/api/v1/namespaces/default/serviceaccounts/default/token',
      { method: 'POST', body: { spec: { expirationSeconds: 600 } } },
    );
    expect(cluster.access.authenticate(body.status.token)?.username).toBe(
      'system:serviceaccount:default:default',
    );
  });
});
