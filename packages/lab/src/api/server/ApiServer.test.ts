import type { RunningCluster } from '../../cluster/startCluster';
import { POD_SPEC } from '../../testing/TestCluster';
import { request } from '../../testing/request';
import { startTestCluster } from '../../testing/startTestCluster';
import recordedVersion from './__fixtures__/version.json';

const PODS = '/api/v1/namespaces/default/pods';

describe('ApiServer', () => {
  let cluster: RunningCluster;

  beforeEach(async () => {
    cluster = await startTestCluster();
  });

  afterEach(() => cluster.close());

  const createPod = (name: string, content: object = {}) =>
    request(cluster, PODS, {
      method: 'POST',
      body: { metadata: { name }, spec: POD_SPEC, ...content },
    });
  const patch = (path: string, type: string, body: unknown) =>
    request(cluster, path, {
      method: 'PATCH',
      headers: { 'content-type': `application/${type}` },
      body,
    });

  it('says what it is, as recorded', async () => {
    expect((await request(cluster, '/version')).body).toEqual(recordedVersion);
    expect((await request(cluster, '/readyz')).body).toBe('ok');
    const { body } = await request(cluster, '/api/v1');
    expect(
      body.resources.find(({ name }: any) => name === 'pods'),
    ).toMatchObject({ kind: 'Pod', namespaced: true, shortNames: ['po'] });
    expect((await request(cluster, '/apis/apps/v1')).body.groupVersion).toBe(
      'apps/v1',
    );
    expect(
      (await request(cluster, '/apis/apps')).body.preferredVersion.version,
    ).toBe('v1');
    expect((await request(cluster, '/apis/none/v1')).code).toBe(404);
  });

  it('tells the unknown from the refused', async () => {
    expect(await request(cluster, PODS, { token: 'wrong' })).toMatchObject({
      code: 401,
      body: { kind: 'Status', reason: 'Unauthorized', code: 401 },
    });
    expect(await request(cluster, PODS, { token: undefined })).toMatchObject({
      code: 403,
      body: {
        message:
          'pods is forbidden: User "system:anonymous" cannot list resource "pods" in API group "" in the namespace "default"',
        reason: 'Forbidden',
        details: { kind: 'pods' },
      },
    });
    const token = cluster.access.issueServiceAccountToken('default', 'default');
    expect(
      await request(
        cluster,
        '/apis/apps/v1/namespaces/default/deployments/x/scale',
        {
          token,
          method: 'PUT',
          body: {},
        },
      ),
    ).toMatchObject({
      code: 403,
      body: {
        message:
          'deployments.apps "x" is forbidden: User "system:serviceaccount:default:default" cannot update resource "deployments/scale" in API group "apps" in the namespace "default"',
      },
    });
    expect(
      (await request(cluster, '/api/v1/nodes', { token })).body.message,
    ).toContain('at the cluster scope');
    expect(
      (await request(cluster, '/version', { token: undefined })).code,
    ).toBe(200);
    expect(
      (await request(cluster, '/apis', { token: undefined })).body.message,
    ).toBe('forbidden: User "system:anonymous" cannot get path "/apis"');
  });

  it('creates, reads, changes and deletes', async () => {
    const created = await createPod('p', {
      metadata: { name: 'p', labels: { app: 'shop' } },
      // Nobody else writes to it meanwhile.
      spec: { ...POD_SPEC, schedulerName: 'nobody' },
      status: { phase: 'Running' },
    });
    expect(created).toMatchObject({
      code: 201,
      body: { kind: 'Pod', status: { phase: 'Pending' } },
    });
    expect((await createPod('p')).body).toMatchObject({
      reason: 'AlreadyExists',
      code: 409,
    });
    expect(
      (await request(cluster, `${PODS}?labelSelector=app%3Dshop`)).body,
    ).toMatchObject({ kind: 'PodList', items: [{ metadata: { name: 'p' } }] });
    expect(
      (await request(cluster, `${PODS}?fieldSelector=spec.nodeName%3Dx`)).body
        .items,
    ).toEqual([]);
    expect(
      (await request(cluster, `${PODS}?fieldSelector=spec.color%3Dx`)).body
        .message,
    ).toBe('field label not supported: spec.color');

    created.body.metadata.labels.app = 'cart';
    const updated = await request(cluster, `${PODS}/p`, {
      method: 'PUT',
      body: created.body,
    });
    expect(updated.body.metadata.labels).toEqual({ app: 'cart' });
    expect(
      await request(cluster, `${PODS}/p`, {
        method: 'PUT',
        body: created.body,
      }),
    ).toMatchObject({ code: 409, body: { reason: 'Conflict' } });

    const wrongUid = await request(cluster, `${PODS}/p`, {
      method: 'DELETE',
      body: { preconditions: { uid: 'other' } },
    });
    expect(wrongUid).toMatchObject({
      code: 409,
      body: { message: expect.stringContaining('the UID in the precondition') },
    });
    expect(
      (await request(cluster, `${PODS}/p`, { method: 'DELETE' })).code,
    ).toBe(200);
    expect((await request(cluster, `${PODS}/p`)).body).toMatchObject({
      message: 'pods "p" not found',
      details: { name: 'p', kind: 'pods' },
    });
  });

  it('refuses what does not fit its path', async () => {
    expect(
      (await request(cluster, PODS, { method: 'POST', body: { kind: 'Job' } }))
        .code,
    ).toBe(400);
    expect(
      (
        await request(cluster, PODS, {
          method: 'POST',
          body: { metadata: { name: 'p', namespace: 'kube-system' } },
        })
      ).body.message,
    ).toBe(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
    expect(
      (await request(cluster, `${PODS}/p`, { method: 'POST', body: {} })).code,
    ).toBe(405);
    expect(
      (await request(cluster, '/api/v1/namespaces/default/toys')).code,
    ).toBe(404);
  });

  it('keeps a status from being written along with its object, and the other way round', async () => {
    await createPod('p', {
      spec: { ...POD_SPEC, readinessGates: [{ conditionType: 'x/ok' }] },
    });
    const merge = 'merge-patch+json';
    const body = {
      metadata: { labels: { app: 'shop' } },
      status: {
        phase: 'Running',
        conditions: [{ type: 'ContainersReady', status: 'True' }],
      },
    };
    const object = await patch(`${PODS}/p`, merge, body);
    expect(object.body).toMatchObject({
      metadata: { labels: { app: 'shop' } },
      status: { phase: 'Pending' },
    });
    const status = await patch(`${PODS}/p/status`, merge, {
      ...body,
      metadata: { labels: { app: 'cart' } },
    });
    expect(status.body).toMatchObject({
      metadata: { labels: { app: 'shop' } },
      status: { phase: 'Running' },
    });
    const opened = await patch(
      `${PODS}/p/status`,
      'strategic-merge-patch+json',
      { status: { conditions: [{ type: 'x/ok', status: 'True' }] } },
    );
    expect(
      opened.body.status.conditions.find((c: any) => c.type === 'Ready').status,
    ).toBe('True');
  });

  it('guards a JSON patch by a test of the uid', async () => {
    const { body: pod } = await createPod('p');
    const operations = (uid: string) => [
      { op: 'test', path: '/metadata/uid', value: uid },
      { op: 'add', path: '/metadata/labels', value: { a: 'b' } },
    ];
    const refused = await patch(
      `${PODS}/p`,
      'json-patch+json',
      operations('other'),
    );
    expect(refused).toMatchObject({ code: 422, body: { reason: 'Invalid' } });
    const done = await patch(
      `${PODS}/p`,
      'json-patch+json',
      operations(pod.metadata.uid),
    );
    expect(done.body.metadata.labels).toEqual({ a: 'b' });
  });

  it('creates or merges what is applied on the server', async () => {
    const path = '/api/v1/namespaces/default/configmaps/c';
    const apply = (data: object) =>
      patch(`${path}?fieldManager=t`, 'apply-patch+yaml', {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'c' },
        data,
      });
    expect((await apply({ a: '1' })).code).toBe(201);
    expect((await apply({ b: '2' })).body.data).toEqual({ b: '2' });
  });

  it('stores nothing in a dry run', async () => {
    const answer = await request(cluster, `${PODS}?dryRun=All`, {
      method: 'POST',
      body: { metadata: { name: 'p' }, spec: POD_SPEC },
    });
    expect(answer.code).toBe(201);
    expect((await request(cluster, `${PODS}/p`)).code).toBe(404);
  });

  it('shows tables to kubectl', async () => {
    await createPod('p');
    const { body } = await request(cluster, PODS, {
      headers: {
        accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json',
      },
    });
    expect(body.kind).toBe('Table');
    expect(body.columnDefinitions.map((c: any) => c.name).slice(0, 5)).toEqual([
      'Name',
      'Ready',
      'Status',
      'Restarts',
      'Age',
    ]);
    expect(body.rows[0]).toMatchObject({
      cells: ['p', '0/1', 'Pending', '0', expect.any(String)].concat(
        Array(4).fill('<none>'),
      ),
      object: { kind: 'PartialObjectMetadata', metadata: { name: 'p' } },
    });
  });

  it('lists in pages', async () => {
    for (const name of ['a', 'b', 'c']) {
      await createPod(name);
    }
    const first = (await request(cluster, `${PODS}?limit=2`)).body;
    expect(first.metadata.remainingItemCount).toBe(1);
    const second = (
      await request(
        cluster,
        `${PODS}?limit=2&continue=${first.metadata.continue}`,
      )
    ).body;
    expect(second.items.map((i: any) => i.metadata.name)).toEqual(['c']);
    expect(second.metadata.continue).toBeUndefined();
  });
});
