import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { HttpClusterClient } from './HttpClusterClient';

const pod = (uid: number) =>
  `{"metadata":{"name":"p","uid":"${uid}"},"spec":{"containers":[]}}`;

type Answer = (req: IncomingMessage, res: ServerResponse, body: any) => void;

describe('HttpClusterClient', () => {
  let server: Server;
  let answer: Answer;
  let client: HttpClusterClient;

  beforeAll(async () => {
    server = createServer(async (req, res) => {
      const body = await text(req);
      answer(req, res, body && JSON.parse(body));
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    client = new HttpClusterClient('c1', (path, init) =>
      fetch(`http://127.0.0.1:${port}${path}`, init),
    );
  });
  afterAll(() => {
    server.close();
  });

  function refuse(code: number, reason: string) {
    answer = (_req, res) => {
      res.statusCode = code;
      res.end(
        JSON.stringify({
          kind: 'Status',
          code,
          reason,
          message: `it is ${reason}`,
        }),
      );
    };
  }

  it('keeps fields that no type names', async () => {
    answer = (_req, res) =>
      res.end(
        '{"metadata":{"name":"p","uid":"1","x":null},"spec":{"containers":[null],"ofAnotherYear":[1]}}',
      );
    expect(await client.get('Pod', { namespace: 'demo', name: 'p' })).toEqual({
      metadata: { name: 'p', uid: '1' },
      spec: { containers: [], ofAnotherYear: [1] },
    });
  });

  it('knows absent from refused, and the API server from what stands before it', async () => {
    const key = { namespace: 'demo', name: 'p' };
    refuse(404, 'NotFound');
    expect(await client.get('Pod', key)).toBeUndefined();
    expect(await client.exists('Pod', key)).toBe(false);
    expect(await client.delete('Pod', key)).toBe(false);
    refuse(403, 'Forbidden');
    await expect(client.get('Pod', key)).rejects.toMatchObject({
      status: 403,
      reason: 'Forbidden',
      message: 'it is Forbidden',
    });
    answer = (_req, res) => {
      res.statusCode = 404;
      res.end('{"error":{"message":"Cluster not found"}}');
    };
    await expect(client.get('Pod', key)).rejects.toMatchObject({
      reason: undefined,
      message: 'Cluster not found',
    });
  });

  it('deletes only what it means', async () => {
    let sent: any;
    answer = (_req, res, body) => {
      sent = body;
      res.end('{}');
    };
    await client.delete(
      'Pod',
      { namespace: 'demo', name: 'p' },
      { uid: 'u', gracePeriodSeconds: 0 },
    );
    expect(sent).toMatchObject({
      kind: 'DeleteOptions',
      preconditions: { uid: 'u' },
      gracePeriodSeconds: 0,
    });
    refuse(409, 'Conflict');
    expect(
      await client.delete(
        'Pod',
        { namespace: 'demo', name: 'p' },
        { uid: 'u' },
      ),
    ).toBe(false);
  });

  it('asks for metadata only where only existence matters', async () => {
    let accept: string | undefined;
    answer = (req, res) => {
      accept = req.headers.accept;
      res.end('{}');
    };
    expect(
      await client.exists('Secret', { namespace: 'demo', name: 's' }),
    ).toBe(true);
    expect(accept).toContain('as=PartialObjectMetadata');
  });

  it('says if an answer is nothing that was asked for', async () => {
    answer = (_req, res) => res.end('{"metadata":{"name":"p"}}');
    const key = { namespace: 'demo', name: 'p' };
    await expect(client.get('Pod', key)).rejects.toThrow(
      "Cluster 'c1' answered what is no Pod",
    );
    expect(await client.get('Service', key)).toEqual({
      metadata: { name: 'p' },
    });
  });

  it('lists, and then tells every change as it comes, whatever else is said', async () => {
    const stop = new AbortController();
    answer = (req, res) => {
      const url = new URL(req.url!, 'http://x');
      if (!url.searchParams.has('watch')) {
        res.end(`{"metadata":{"resourceVersion":"7"},"items":[${pod(1)},{}]}`);
        return;
      }
      expect(url.pathname).toBe('/api/v1/namespaces/demo/pods');
      expect(url.searchParams.get('resourceVersion')).toBe('7');
      expect(url.searchParams.get('labelSelector')).toBe('a=b');
      res.write(`{"type":"ADDED","object":{}}\n`);
      res.write(`{"type":"ADDED","object":${pod(2)}}\n{"type":"DELE`);
      res.write(`TED","object":${pod(1)}}\n`);
      // The connection stays open: what was written must come through all the same.
    };
    const seen: string[] = [];
    for await (const event of client.watch(
      'Pod',
      { namespace: 'demo', labelSelector: 'a=b' },
      stop.signal,
    )) {
      const found = event.type === 'LISTED' ? event.objects : [event.object];
      const uids = found.map(({ metadata }) => metadata?.uid);
      seen.push(`${event.type} ${uids}`);
      if (event.type === 'DELETED') break;
    }
    stop.abort();
    expect(seen).toEqual(['LISTED 1', 'ADDED 2', 'DELETED 1']);
  });

  it('ends a watch whose end is kept from it', async () => {
    answer = (req, res) => {
      if (req.url!.includes('watch=true')) {
        // As a proxy does whose own connection to the server broke.
        res.flushHeaders();
      } else {
        res.end('{"metadata":{"resourceVersion":"7"},"items":[]}');
      }
    };
    const { port } = server.address() as AddressInfo;
    const impatient = new HttpClusterClient(
      'c1',
      (path, init) => fetch(`http://127.0.0.1:${port}${path}`, init),
      100,
    );
    const seen: string[] = [];
    for await (const { type } of impatient.watch(
      'Pod',
      { namespace: 'demo' },
      new AbortController().signal,
    )) {
      seen.push(type);
    }
    expect(seen).toEqual(['LISTED']);
  });

  it('leaves out a line of a log that is too long, and goes on', async () => {
    const time = '2026-11-23T00:00:00.123456789Z';
    const long = 'x'.repeat(100_000);
    answer = (_req, res) =>
      res.end(`${time} one\n${time} ${long}\n${time} \n${time} three`);
    const lines: string[] = [];
    const key = { namespace: 'n', name: 'p', container: 'c' };
    for await (const line of client.followLog(
      key,
      new AbortController().signal,
    )) {
      lines.push(line);
    }
    expect(lines).toEqual(['one', 'three']);
  });

  it('takes a log up again that goes silent, is cut or refused, and loses and doubles nothing', async () => {
    const log = [
      '2026-11-23T00:00:00.1Z a',
      '2026-11-23T00:00:01.2Z b',
      '2026-11-23T00:00:01.2Z b',
      '2026-11-23T00:00:01.9Z c',
      '2026-11-23T00:00:03.0Z d',
    ];
    const since: string[] = [];
    answer = (req, res) => {
      const { searchParams } = new URL(req.url!, 'http://x');
      since.push(searchParams.get('sinceTime') ?? '');
      const rest = log.filter(line => line >= since.at(-1)!.slice(0, 19));
      if (since.length === 1) {
        // As a proxy does whose own connection to the server broke.
        res.write(`${rest.slice(0, 2).join('\n')}\n`);
      } else if (since.length === 2) {
        res.write(`${rest.slice(0, 2).join('\n')}\n2026-11-23T00:0`, () =>
          res.destroy(),
        );
      } else if (since.length === 3) {
        res.statusCode = 502;
        res.end('{"error":{"message":"socket hang up"}}');
      } else {
        res.end(`${rest.join('\n')}\n`);
      }
    };
    const { port } = server.address() as AddressInfo;
    const impatient = new HttpClusterClient(
      'c1',
      (path, init) => fetch(`http://127.0.0.1:${port}${path}`, init),
      300,
    );
    const lines: string[] = [];
    const key = { namespace: 'n', name: 'p', container: 'c' };
    const { signal } = new AbortController();
    for await (const line of impatient.followLog(key, signal)) {
      lines.push(line);
    }
    expect(lines).toEqual(['a', 'b', 'b', 'c', 'd']);
    expect(since.at(-1)).toBe('2026-11-23T00:00:01.000Z');
  });

  it('says what took how long', async () => {
    const silent = new HttpClusterClient('c9', async () => {
      throw new DOMException('aborted due to timeout', 'TimeoutError');
    });
    await expect(silent.getVersion()).rejects.toMatchObject({
      message: "No answer from cluster 'c9': /version took longer than 5 s",
    });
    await expect(silent.list('Node')).rejects.toMatchObject({
      message:
        "No answer from cluster 'c9': /api/v1/nodes took longer than 30 s",
    });
  });

  it('says which cluster gives no answer', async () => {
    const lost = new HttpClusterClient('c9', () =>
      fetch('http://127.0.0.1:1/'),
    );
    await expect(lost.getVersion()).rejects.toMatchObject({
      status: undefined,
      message: expect.stringMatching(/^No answer from cluster 'c9': .+/),
    });
  });
});
