import type { RunningCluster } from '../../cluster/startCluster';
import { recordEvent } from '../../controllers/recordEvent';
import { request } from '../../testing/request';
import { startTestCluster } from '../../testing/startTestCluster';

describe('kinds in more than one version', () => {
  let cluster: RunningCluster;

  beforeEach(async () => {
    cluster = await startTestCluster();
  });

  afterEach(() => cluster.close());

  const inDefault = (groupVersion: string, plural: string, name = '') =>
    `/apis/${groupVersion}/namespaces/default/${plural}${name && `/${name}`}`;

  it('says which versions there are, and which it prefers', async () => {
    const { body } = await request(cluster, '/apis/autoscaling');
    expect(body.versions.map((v: any) => v.version)).toEqual(['v2', 'v1']);
    expect(body.preferredVersion.version).toBe('v2');
    const { body: custom } = await request(
      cluster,
      '/apis/networking.istio.io/v1beta1',
    );
    expect(custom.resources.map((r: any) => r.name)).toEqual([
      'virtualservices',
      'destinationrules',
    ]);
  });

  it('shows an autoscaler of one version in the other', async () => {
    await request(
      cluster,
      inDefault('autoscaling/v1', 'horizontalpodautoscalers'),
      {
        method: 'POST',
        body: {
          metadata: { name: 'web' },
          spec: {
            scaleTargetRef: { kind: 'Deployment', name: 'web' },
            maxReplicas: 3,
            targetCPUUtilizationPercentage: 70,
          },
        },
      },
    );
    const { body: second } = await request(
      cluster,
      inDefault('autoscaling/v2', 'horizontalpodautoscalers', 'web'),
    );
    expect(second).toMatchObject({
      apiVersion: 'autoscaling/v2',
      spec: {
        maxReplicas: 3,
        metrics: [
          { resource: { name: 'cpu', target: { averageUtilization: 70 } } },
        ],
      },
    });
    expect(second.spec).not.toHaveProperty('targetCPUUtilizationPercentage');
    const { body: first } = await request(
      cluster,
      inDefault('autoscaling/v1', 'horizontalpodautoscalers'),
    );
    expect(first.items[0].spec.targetCPUUtilizationPercentage).toBe(70);
  });

  it('patches a custom resource in any of its versions, but not strategically', async () => {
    const routes = inDefault('networking.istio.io/v1', 'virtualservices');
    await request(cluster, routes, {
      method: 'POST',
      body: { metadata: { name: 'web' }, spec: { hosts: ['web'] } },
    });
    const patch = (type: string, body: unknown) =>
      request(
        cluster,
        inDefault('networking.istio.io/v1beta1', 'virtualservices', 'web'),
        {
          method: 'PATCH',
          headers: { 'content-type': `application/${type}` },
          body,
        },
      );
    const http = [{ route: [{ destination: { host: 'web' }, weight: 100 }] }];
    const merged = await patch('merge-patch+json', { spec: { http } });
    expect(merged.body).toMatchObject({
      apiVersion: 'networking.istio.io/v1beta1',
      metadata: { generation: 2 },
      spec: { hosts: ['web'], http },
    });
    await patch('json-patch+json', [
      { op: 'replace', path: '/spec/http/0/route/0/weight', value: 50 },
    ]);
    const { body } = await request(cluster, `${routes}/web`);
    expect(body.apiVersion).toBe('networking.istio.io/v1');
    expect(body.spec.http[0].route[0].weight).toBe(50);
    const refused = await patch('strategic-merge-patch+json', { spec: {} });
    expect(refused.code).toBe(415);
  });

  it('shows events in their own group', async () => {
    const account = cluster.store.get('ServiceAccount', 'default', 'default')!;
    recordEvent(cluster.store, account, {
      type: 'Normal',
      reason: 'Seen',
      message: 'It was seen.',
      component: 'test',
    });
    const { body } = await request(
      cluster,
      inDefault('events.k8s.io/v1', 'events'),
    );
    expect(body.items[0]).toMatchObject({
      note: 'It was seen.',
      regarding: { kind: 'ServiceAccount', name: 'default' },
    });
  });
});
