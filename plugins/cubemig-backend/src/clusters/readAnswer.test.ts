import { HttpClusterClient } from './HttpClusterClient';

/** Cannot be made a text: whoever tries throws. */
const hostile = '{"toString":""}';
const key = { namespace: 'demo', name: 'p' };
const { signal } = new AbortController();

/** A client of a server that was taken over: it answers this to everything. */
function clientOf(body: BodyInit, status = 200, asked: string[] = []) {
  return new HttpClusterClient('c1', async path => {
    asked.push(path);
    return new Response(body, { status });
  });
}

describe('An answer of a cluster', () => {
  it.each([
    ['nothing', '', 'answered nothing'],
    ["a proxy's page", '<html>', 'answered <html>'],
    ['null', 'null', 'answered null'],
    ['a list', '[]', 'answered []'],
  ])('that is %s is no object', async (_, body, message) => {
    const client = clientOf(body);
    for (const ask of [
      () => client.getVersion(),
      () => client.get('Pod', key),
      () => client.list('Pod'),
      () => client.create('Pod', { metadata: key }),
    ]) {
      await expect(ask()).rejects.toMatchObject({
        name: 'ClusterApiError',
        status: 200,
        message: expect.stringContaining(message),
      });
    }
  });

  it.each(['{"items":{}}', '{"items":[null]}', '{"items":[["x"]]}'])(
    'such as %s is no list',
    async body => {
      await expect(clientOf(body).list('Pod')).rejects.toThrow(
        'items that are no objects',
      );
    },
  );

  it('without a version that is a text has none', async () => {
    const client = clientOf(`{"gitVersion":${hostile}}`);
    expect(await client.getVersion()).toBe('unknown');
  });

  it.each([
    [`{"kind":"Status","reason":"Gone","message":${hostile}}`, 'Gone'],
    [`{"kind":"Status","reason":${hostile},"message":"no"}`, ''],
    [`{"error":{"message":${hostile}}}`, undefined],
    ['null', undefined],
  ])('that refuses with %s is told as a refusal', async (body, reason) => {
    await expect(clientOf(body, 500).get('Pod', key)).rejects.toMatchObject({
      name: 'ClusterApiError',
      status: 500,
      reason,
    });
  });

  it('that refuses without an end is read no further than it is kept', async () => {
    const isLeft = jest.fn();
    const endless = new ReadableStream({
      pull: stream => stream.enqueue(Buffer.alloc(1000, 'x')),
      cancel: isLeft,
    });
    await expect(clientOf(endless, 500).get('Pod', key)).rejects.toMatchObject({
      message: 'x'.repeat(500),
    });
    expect(isLeft).toHaveBeenCalled();
  });

  it.each(['nonsense', 'null', '{"type":"ADDED"}', `{"type":${hostile}}`])(
    'that watches and tells %s has ended',
    async line => {
      const client = new HttpClusterClient('c1', async path => {
        const isWatch = path.includes('watch=true');
        return new Response(
          isWatch
            ? `${line}\n`
            : `{"metadata":{"resourceVersion":${hostile}},"items":[]}`,
        );
      });
      const seen: string[] = [];
      for await (const { type } of client.watch('Pod', {}, signal)) {
        seen.push(type);
      }
      expect(seen).toEqual(['LISTED']);
    },
  );

  it.each(['.', '..'])('is not asked for by the name %s', async name => {
    const asked: string[] = [];
    const client = clientOf('{"kind":"Namespace"}', 200, asked);
    const wanted = { namespace: 'demo', name };
    expect(await client.get('Secret', wanted)).toBeUndefined();
    expect(await client.exists('Secret', wanted)).toBe(false);
    expect(await client.delete('Secret', wanted)).toBe(false);
    expect(asked).toEqual([]);
  });
});
