import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { ObjectStore } from '../api/store';
import { waitUntil } from '../testing/waitUntil';
import { makeUpAlerts } from './makeUpAlerts';
import { startFalco } from './startFalco';
import type { Falco } from './Falco';

describe('AlertSender', () => {
  const received: { message: IncomingMessage; body: string }[] = [];
  const errors: unknown[] = [];
  let status = 202;
  let server: Server;
  let url: string;
  let falco: Falco;

  beforeEach(async () => {
    received.length = 0;
    errors.length = 0;
    status = 202;
    server = createServer(async (message, response) => {
      received.push({ message, body: await text(message) });
      response.writeHead(status).end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/alert`;
  });

  afterEach(async () => {
    await falco.close();
    server.close();
    server.closeAllConnections();
  });

  const start = (sender: 'falco' | 'falcosidekick') => {
    falco = startFalco('cluster1', { url, sender }, (_name, error) =>
      errors.push(error),
    );
  };
  const send = (count: number) => {
    const store = new ObjectStore({ onListenerError: () => undefined });
    const wanted = { rule: 'Test', count, namespace: 'demo', pod: 'web' };
    for (const alert of makeUpAlerts(wanted, store)) {
      falco.tell(alert);
    }
  };

  it("sends as Falco's http_output does", async () => {
    start('falco');
    send(3);
    await waitUntil('all are there', () => received.length === 3);
    const [{ message, body }] = received;
    const password = Buffer.from(`cluster1:${falco.token}`).toString('base64');
    expect(message.headers).toMatchObject({
      authorization: `Basic ${password}`,
      'content-type': 'application/json',
    });
    expect(Object.keys(JSON.parse(body))).toEqual([
      ...['hostname', 'output', 'output_fields', 'priority'],
      ...['rule', 'source', 'tags', 'time'],
    ]);
    expect(body).toMatch(/"evt.time":\d{19},/);
  });

  it("sends as falcosidekick's webhook does", async () => {
    start('falcosidekick');
    send(1);
    await waitUntil('it is there', () => received.length === 1);
    const [{ message, body }] = received;
    expect(message.headers['x-cubemig-token']).toBe(falco.token);
    expect(message.headers.authorization).toBeUndefined();
    expect(JSON.parse(body)).toMatchObject({
      uuid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      source: 'syscalls',
      rule: 'Test',
    });
  });

  it('tries once, and complains once', async () => {
    start('falco');
    status = 503;
    send(5);
    await waitUntil('all are lost', () => falco.sender?.counts.lost === 5);
    expect(received).toHaveLength(5);
    expect(errors).toHaveLength(1);
  });
});
