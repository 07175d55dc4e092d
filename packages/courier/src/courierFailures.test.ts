import { startKubelet } from './__testUtils__/startKubelet';
import { podUid, TestNode } from './__testUtils__/TestNode';

// A courier takes a second to start where the machine has other work to do.
let node: TestNode;

beforeEach(async () => {
  node = await TestNode.start();
});

afterEach(() => node.stop());

const folder = '/var/lib/kubelet/checkpoints';

describe('the courier, when something is wrong', () => {
  it('refuses the checkpoint of a pod that has taken the name', async () => {
    const pod = { namespace: 'default', name: 'counter', uid: 'former-uid' };
    const { exitCode, result } = await node
      .runCourier(node.createRequest({ pod }))
      .end();
    expect(exitCode).toBe(1);
    expect(result).toMatchObject({
      checkpoints: [],
      failure: {
        phase: 'checkpoint',
        message: `The checkpoint is of another container: default/counter (${podUid}) counter`,
      },
    });
    expect(node.registry.blobs.size).toBe(0);
    expect(node.leftovers()).toEqual([]);
  });

  it.each([
    [
      403,
      'Forbidden (user=system:serviceaccount:cubemig:cubemig-courier, verb=create, resource=nodes, subresource(s)=[checkpoint])',
    ],
    [404, 'pod does not exist'],
    [
      500,
      'checkpointing of default/counter/counter failed (rpc error: code = Unknown desc = criu failed)',
    ],
  ])("reports the kubelet's %i in its own words", async (status, body) => {
    node.answerKubelet = async () => ({ status, body });
    const courier = node.runCourier();
    const { exitCode, result } = await courier.end();
    expect(exitCode).toBe(1);
    expect(result.failure).toEqual({
      container: 'counter',
      phase: 'checkpoint',
      message: `The kubelet answered ${status}: ${body}`,
    });
    expect(node.asked).toHaveLength(1);
    expect(courier.milestones).toEqual([
      'checkpoint started',
      'checkpoint failed',
    ]);
  });

  it.each([
    '{"items":["/etc/shadow"]}',
    `{"items":["${folder}/../pki/checkpoint-x.tar"]}`,
    `{"items":["${folder}/other.tar"]}`,
    `{"items":["${folder}/checkpoint-a.tar","${folder}/checkpoint-b.tar"]}`,
    'page',
  ])('does not believe a kubelet that answers %s', async body => {
    node.answerKubelet = async () => ({ status: 200, body });
    const { exitCode, result } = await node.runCourier().end();
    expect(exitCode).toBe(1);
    expect(result.failure?.message).toContain('something else');
    expect(node.leftovers()).toEqual([]);
  });

  it('refuses a kubelet whose certificate the cluster did not sign', async () => {
    const stranger = await startKubelet();
    stranger.answer = () => node.answerKubelet('counter');
    const askStranger = (skipTlsVerify: boolean) => {
      const { port } = stranger;
      const kubelet = { port, skipTlsVerify, timeoutSeconds: 60 };
      return node.runCourier(node.createRequest({ kubelet })).end();
    };
    const refused = await askStranger(false);
    expect(refused.result.failure?.message).toContain('self-signed');
    const accepted = await askStranger(true);
    expect(accepted.exitCode).toBe(0);
    stranger.stop();
  });

  it('asks for no checkpoint while the registry cannot be reached', async () => {
    await node.registry.stop();
    const { exitCode, result } = await node.runCourier().end();
    expect(exitCode).toBe(1);
    expect(result.failure).toMatchObject({
      phase: 'push',
      message: expect.stringContaining('ECONNREFUSED'),
    });
    expect(node.asked).toEqual([]);
  });

  it('leaves a note of what a kubelet that does not answer may have made', async () => {
    node.answerKubelet = async () => ({ status: 0, body: '' });
    const { exitCode } = await node.runCourier().end();
    expect(exitCode).toBe(1);
    expect(node.leftovers()).toEqual(['.cubemig-m1-counter.json']);
  });

  it('never repeats a secret that somebody echoes', async () => {
    node.answerKubelet = async () => ({
      status: 500,
      body: `token ${node.token}`,
    });
    const courier = node.runCourier();
    const { result } = await courier.end();
    expect(result.failure?.message).toBe('The kubelet answered 500: token ***');
    expect(JSON.stringify(courier.events)).not.toContain(node.token);
  });

  it('leaves nothing behind when it is stopped during the checkpoint', async () => {
    const { answerKubelet } = node;
    node.answerKubelet = async container => {
      node.courier?.kill('SIGTERM');
      return answerKubelet(container);
    };
    const { exitCode, result } = await node.runCourier().end();
    expect(exitCode).toBe(1);
    expect(result).toMatchObject({
      checkpoints: [],
      failure: { message: 'Stopped by SIGTERM' },
    });
    expect(node.registry.manifests.size).toBe(0);
    expect(node.leftovers()).toEqual([]);
  });

  it('leaves nothing behind when it is stopped during the push', async () => {
    node.registry.intercept = ({ method }) => {
      if (method === 'PATCH') node.courier?.kill('SIGTERM');
      // Until it is stopped it would try this again and again.
      return method === 'PATCH' ? { status: 503 } : undefined;
    };
    const { exitCode, result } = await node.runCourier().end();
    expect(exitCode).toBe(1);
    expect(result.failure?.message).toBe('Stopped by SIGTERM');
    expect(node.leftovers()).toEqual([]);
  });

  it.each([
    ['', 'COURIER_REQUEST is not set'],
    ['{', 'COURIER_REQUEST is not JSON'],
    ['{"version":1}', 'task'],
  ])('exits with 2 on the bad request "%s"', async (request, message) => {
    const { exitCode, result } = await node.runCourier(request).end();
    expect(exitCode).toBe(2);
    expect(result.failure?.message).toContain(message);
  });

  it('exits with 2 when one container is named twice', async () => {
    const { exitCode } = await node
      .runCourier(node.createRequest({ containers: ['counter', 'counter'] }))
      .end();
    expect(exitCode).toBe(2);
  });
});
