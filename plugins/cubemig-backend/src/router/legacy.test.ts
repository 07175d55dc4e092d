import { Server } from 'node:http';
import {
  startKubernetesPlugin,
  startPlugin,
} from '../__testUtils__/startPlugin';

describe("the original CubeMig's endpoints", () => {
  let kubernetes: Server;
  beforeAll(async () => {
    kubernetes = await startKubernetesPlugin();
  });
  afterAll(() => {
    kubernetes.close();
  });

  it('migrate, tell how it goes and keep files about it', async () => {
    const { agent } = await startPlugin(kubernetes);
    const api = '/api/cubemig';
    const none = await agent.get(`${api}/migration-status/counter`);
    expect(none.body.status).toBe('not_found');

    const started = await agent.post(`${api}/migrate`).send({
      sourceCluster: 'c1',
      targetCluster: 'c2',
      podName: 'counter',
      appName: 'counter',
      forensicAnalysis: true,
      AISuggestion: false,
    });
    expect(started.status).toBe(202);
    expect(started.body.message).toBe('Migration task has been started');

    let status = { body: { status: 'running', error: '' } };
    while (status.body.status === 'running') {
      status = await agent.get(`${api}/migration-status/counter`);
    }
    // This cluster lets nobody do anything; the original would have said that it had completed.
    expect(status.body).toMatchObject({ status: 'error' });

    const { body: tree } = await agent.get(`${api}/logs/structure`);
    expect(tree.data).toEqual([
      {
        label: 'counter',
        data: 'counter',
        children: [
          {
            label: expect.stringContaining(started.body.migration),
            data: expect.any(String),
            children: expect.arrayContaining([
              expect.objectContaining({ label: 'migration_log.txt' }),
              expect.objectContaining({ label: 'migration_result.json' }),
            ]),
          },
        ],
      },
    ]);
    const [log, result] = tree.data[0].children[0].children;
    const { body: view } = await agent.get(`${api}/logs/view/${log.data}`);
    expect(view.content).toMatch(/ERROR +\[preflight\]/);
    const download = await agent.get(`${api}/logs/download/${result.data}`);
    expect(download.headers['content-disposition']).toContain(
      'migration_result.json',
    );
    expect(JSON.parse(download.text)).toMatchObject({
      id: started.body.migration,
      status: 'failed',
    });
    const { body: files } = await agent.get(
      `${api}/migrations/${started.body.migration}/files`,
    );
    expect(files.items).toContainEqual({
      name: 'migration_log.txt',
      type: 'log',
      path: log.data,
    });
    const { body: logs } = await agent.get(`${api}/logs/log`);
    expect(logs.items).toEqual([{ path: log.data, content: view.content }]);

    for (const path of [
      log.data.replace('counter/', 'other/'),
      log.data.replace('migration_log', 'passwd'),
      '..%2f..%2fetc/passwd/x',
    ]) {
      const missing = await agent.get(`${api}/logs/view/${path}`);
      expect(missing.status).toBe(404);
    }
    expect((await agent.get(`${api}/logs/nonsense`)).status).toBe(400);
  });

  it('list pods in its shape and delete them', async () => {
    const { agent } = await startPlugin(kubernetes);
    const { body } = await agent.get('/api/cubemig/k8s/pods/c1/default');
    expect(body.pods).toContainEqual(
      expect.objectContaining({
        podName: 'counter',
        appName: 'counter',
        status: expect.any(String),
        age: expect.stringMatching(/^\d+[dhm]/),
      }),
    );
    const deleted = await agent.delete(
      '/api/cubemig/k8s/pods/c1/default/counter',
    );
    expect(deleted.body).toEqual({
      message: "Pod 'counter' deleted successfully in cluster 'c1'",
    });
  });
});
