import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  codeOf,
  digestOf,
  OCI_MANIFEST,
  TestRegistry,
} from './testing/TestRegistry';

describe('registry', () => {
  let registry: TestRegistry;
  const call: TestRegistry['call'] = (...request) => registry.call(...request);

  beforeAll(async () => {
    registry = await TestRegistry.start();
  });

  afterAll(() => registry.close());

  it('lets nobody in without the password', async () => {
    const answer = await call('GET', '/v2/', { credential: 'lab:guess' });

    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toMatch(/^Basic realm=/);
    expect(codeOf(answer)).toBe('UNAUTHORIZED');
    expect((await call('GET', '/v2/')).status).toBe(200);
  });

  it('takes a blob in one piece after a POST', async () => {
    const begun = await call('POST', '/v2/a/blobs/uploads/');
    expect(begun.status).toBe(202);

    const done = await call(
      'PUT',
      `${begun.headers.location}?digest=${digestOf('hello')}`,
      { body: 'hello' },
    );

    expect(done.status).toBe(201);
    expect(done.headers['docker-content-digest']).toBe(digestOf('hello'));
    expect((await call('GET', done.headers.location)).text).toBe('hello');
  });

  it('takes a blob in chunks, each where the last one ended', async () => {
    const { headers } = await call('POST', '/v2/a/blobs/uploads/');
    const send = (body: string, range: string) =>
      call('PATCH', headers.location, {
        body,
        headers: { 'content-range': range },
      });

    expect((await send('one', '0-2')).headers.range).toBe('0-2');
    const wrong = await send('two', '9-11');
    expect(wrong.status).toBe(416);
    expect(wrong.headers.range).toBe('0-2');
    expect((await call('GET', headers.location)).headers.range).toBe('0-2');
    expect((await send('two', '3-5')).status).toBe(202);
    const done = await call(
      'PUT',
      `${headers.location}?digest=${digestOf('onetwothree')}`,
      { body: 'three' },
    );

    expect(done.status).toBe(201);
    expect((await call('GET', done.headers.location)).text).toBe('onetwothree');
  });

  it('refuses a blob that is not what its digest says, and keeps nothing of it', async () => {
    const digest = digestOf('something else');
    const answer = await call('POST', `/v2/a/blobs/uploads/?digest=${digest}`, {
      body: 'this',
    });

    expect(answer.status).toBe(400);
    expect(codeOf(answer)).toBe('DIGEST_INVALID');
    expect((await call('HEAD', `/v2/a/blobs/${digest}`)).status).toBe(404);
    expect(readdirSync(join(registry.stateDir, 'uploads'))).toEqual([]);
  });

  it('forgets a cancelled upload', async () => {
    const { headers } = await call('POST', '/v2/a/blobs/uploads/');

    expect((await call('DELETE', headers.location)).status).toBe(204);
    const gone = await call('PATCH', headers.location, { body: 'x' });

    expect(gone.status).toBe(404);
    expect(codeOf(gone)).toBe('BLOB_UPLOAD_UNKNOWN');
  });

  it('gives parts of a blob', async () => {
    const digest = await registry.pushBlob('a', '0123456789');
    const part = (range: string) =>
      call('GET', `/v2/a/blobs/${digest}`, { headers: { range } });

    expect(await part('bytes=2-4')).toMatchObject({ status: 206, text: '234' });
    expect((await part('bytes=7-')).headers['content-range']).toBe(
      'bytes 7-9/10',
    );
    expect((await part('bytes=-2')).text).toBe('89');
    expect((await part('bytes=10-')).status).toBe(416);
  });

  it('mounts a blob of another repository, and only then lets it be read there', async () => {
    const digest = await registry.pushBlob('from/here', 'shared');
    expect((await call('GET', `/v2/to/there/blobs/${digest}`)).status).toBe(
      404,
    );

    const mounted = await call(
      'POST',
      `/v2/to/there/blobs/uploads/?mount=${digest}&from=from/here`,
    );

    expect(mounted.status).toBe(201);
    expect((await call('GET', mounted.headers.location)).text).toBe('shared');
    const unknown = await call(
      'POST',
      `/v2/to/there/blobs/uploads/?mount=${digestOf('none')}&from=from/here`,
    );
    expect(unknown.status).toBe(202);
  });

  it('deletes a blob from one repository and keeps it in the other', async () => {
    const digest = await registry.pushBlob('one', 'kept');
    await call('POST', `/v2/two/blobs/uploads/?mount=${digest}&from=one`);

    expect((await call('DELETE', `/v2/one/blobs/${digest}`)).status).toBe(202);

    expect((await call('GET', `/v2/one/blobs/${digest}`)).status).toBe(404);
    expect((await call('GET', `/v2/two/blobs/${digest}`)).text).toBe('kept');
  });

  it('gives a manifest back as it was pushed, by tag and digest', async () => {
    const { status, content, digest, headers } = await registry.pushManifest(
      'app',
      'v1',
    );
    expect(status).toBe(201);
    expect(headers['docker-content-digest']).toBe(digest);

    for (const reference of ['v1', digest]) {
      const answer = await call('GET', `/v2/app/manifests/${reference}`);
      expect(answer.text).toBe(content);
      expect(answer.headers).toMatchObject({
        'content-type': OCI_MANIFEST,
        'docker-content-digest': digest,
      });
    }
    const head = await call('HEAD', '/v2/app/manifests/v1');
    expect(head).toMatchObject({ status: 200, text: '' });
  });

  it('refuses manifests that are broken or name what is not there', async () => {
    const missing = { digest: digestOf('not there'), size: 1 };
    const unknown = await registry.pushManifest('app', 'bad', {
      layers: [missing],
    });
    expect(unknown.status).toBe(404);
    expect(codeOf(unknown)).toBe('MANIFEST_BLOB_UNKNOWN');

    const broken = await call('PUT', '/v2/app/manifests/bad', { body: '{' });
    expect(codeOf(broken)).toBe('MANIFEST_INVALID');
    const other = await call('PUT', `/v2/app/manifests/${digestOf('x')}`, {
      body: '{}',
    });
    expect(codeOf(other)).toBe('DIGEST_INVALID');
  });

  it('lists tags page by page', async () => {
    for (const tag of ['c', 'a', 'b']) {
      await registry.pushManifest('tagged', tag);
    }

    const first = await call('GET', '/v2/tagged/tags/list?n=2');
    expect(JSON.parse(first.text)).toEqual({
      name: 'tagged',
      tags: ['a', 'b'],
    });
    const next = first.headers.link.match(/<(.+)>; rel="next"/)?.[1] ?? '';
    expect(JSON.parse((await call('GET', next)).text).tags).toEqual(['c']);
    expect(codeOf(await call('GET', '/v2/nothing/tags/list'))).toBe(
      'NAME_UNKNOWN',
    );
  });

  it('deletes a tag alone, or a manifest with its tags', async () => {
    const { digest } = await registry.pushManifest('gone', 'one');
    await registry.pushManifest('gone', 'two');

    expect((await call('DELETE', '/v2/gone/manifests/one')).status).toBe(202);
    expect((await call('GET', '/v2/gone/manifests/one')).status).toBe(404);
    expect((await call('GET', '/v2/gone/manifests/two')).status).toBe(200);
    expect((await call('DELETE', `/v2/gone/manifests/${digest}`)).status).toBe(
      202,
    );

    const gone = await call('GET', '/v2/gone/manifests/two');
    expect(gone.status).toBe(404);
    expect(codeOf(gone)).toBe('MANIFEST_UNKNOWN');
  });

  it('lists what refers to a manifest', async () => {
    const { digest } = await registry.pushManifest('base', 'v1');
    const referrer = await registry.pushManifest('base', 'report', {
      subject: { mediaType: OCI_MANIFEST, digest, size: 1 },
      artifactType: 'application/vnd.example.report',
      annotations: { a: 'b' },
    });
    expect(referrer.headers['oci-subject']).toBe(digest);

    const list = async (query: string) =>
      JSON.parse(
        (await call('GET', `/v2/base/referrers/${digest}${query}`)).text,
      ).manifests;

    expect(await list('')).toEqual([
      {
        mediaType: OCI_MANIFEST,
        digest: referrer.digest,
        size: referrer.content.length,
        artifactType: 'application/vnd.example.report',
        annotations: { a: 'b' },
      },
    ]);
    expect(await list('?artifactType=other')).toEqual([]);
  });

  it.each([
    '/v2/UPPER/tags/list',
    '/v2/a/_manifests/tags/list',
    '/v2/a%2F..%2Fb/tags/list',
    '/v2/a//b/tags/list',
  ])('refuses the name in %s', async path => {
    const answer = await call('GET', path);

    expect(answer.status).toBe(400);
    expect(codeOf(answer)).toBe('NAME_INVALID');
  });
});
