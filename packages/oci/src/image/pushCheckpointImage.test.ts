import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { decompress } from 'fzstd';
import { MemoryRegistry } from '../__testUtils__/MemoryRegistry';
import { RegistryClient } from '../registry/RegistryClient';
import { digestOf, mediaTypes } from './manifest';
import { CheckpointImage, pushCheckpointImage } from './pushCheckpointImage';
import { PushProgress } from './uploadLayer';

const repository = 'cubemig/cluster1/counter';
const archive = Buffer.alloc(5_000_000, 'pages of memory ');

let folder: string;
let registry: MemoryRegistry;
let client: RegistryClient;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oci-'));
  await writeFile(join(folder, 'archive.tar'), archive);
  registry = await MemoryRegistry.start();
  client = new RegistryClient({
    host: registry.host,
    insecure: true,
    retry: { attempts: 2, pauseMs: 1 },
  });
});

afterEach(async () => {
  await client.close();
  await registry.stop();
  await rm(folder, { recursive: true });
});

function push(options: Partial<CheckpointImage> = {}) {
  return pushCheckpointImage({
    registry: client,
    repository,
    tag: 'migration-counter',
    archive: join(folder, 'archive.tar'),
    container: 'counter',
    compression: 'none',
    architecture: 'amd64',
    labels: { 'cubemig.io/migration': 'migration' },
    created: new Date('2026-01-02T03:04:05Z'),
    ...options,
  });
}

/** By another reader than the writer's own: it says what it thinks of several frames in a row. */
function unpackZstd(packed: Buffer): Buffer {
  return Buffer.from(decompress(packed));
}

const blob = (digest: string) => registry.blobs.get(`${repository}/${digest}`)!;

describe('pushCheckpointImage', () => {
  it('makes the archive the one layer, as it is', async () => {
    const pushed = await push();
    expect(pushed).toEqual({
      digest: expect.stringMatching(/^sha256:/),
      manifest: {
        mediaType: mediaTypes.manifest,
        digest: pushed.digest,
        size: registry.manifests.get(`${repository}/migration-counter`)!.length,
      },
      archiveBytes: archive.length,
      layerBytes: archive.length,
    });
    const found = await client.resolveTag(repository, 'migration-counter');
    expect(found?.digest).toBe(pushed.digest);
    const { config, layers, annotations } = found!.manifest;
    expect(layers).toEqual([
      {
        mediaType: mediaTypes.layer,
        digest: digestOf(archive),
        size: archive.length,
      },
    ]);
    expect(blob(layers[0].digest).equals(archive)).toBe(true);
    expect(annotations).toEqual({
      'cubemig.io/migration': 'migration',
      'io.kubernetes.cri-o.annotations.checkpoint.name': 'counter',
      'org.criu.checkpoint.container.name': 'counter',
      'org.opencontainers.image.created': '2026-01-02T03:04:05.000Z',
    });
    expect(JSON.parse(blob(config.digest).toString())).toMatchObject({
      architecture: 'amd64',
      os: 'linux',
      config: { Labels: { 'cubemig.io/migration': 'migration' } },
      rootfs: { type: 'layers', diff_ids: [digestOf(archive)] },
    });
  });

  it.each(['zstd', 'auto'] as const)('packs with %s', async compression => {
    const pushed = await push({ compression });
    const { manifest } = (await client.resolveTag(
      repository,
      'migration-counter',
    ))!;
    const [layer] = manifest.layers;
    expect(layer.mediaType).toBe(mediaTypes.layerZstd);
    expect(layer.size).toBe(pushed.layerBytes);
    expect(unpackZstd(blob(layer.digest)).equals(archive)).toBe(true);
    const config = JSON.parse(blob(manifest.config.digest).toString());
    expect(config.rootfs.diff_ids).toEqual([digestOf(archive)]);
  });

  it('compresses on the way', async () => {
    const pushed = await push({ compression: 'gzip' });
    expect(pushed.archiveBytes).toBe(archive.length);
    expect(pushed.layerBytes).toBeLessThan(archive.length / 10);
    const { manifest } = (await client.resolveTag(
      repository,
      'migration-counter',
    ))!;
    const [layer] = manifest.layers;
    expect(layer.mediaType).toBe(mediaTypes.layerGzip);
    expect(layer.size).toBe(pushed.layerBytes);
    expect(gunzipSync(blob(layer.digest)).equals(archive)).toBe(true);
    const config = JSON.parse(blob(manifest.config.digest).toString());
    expect(config.rootfs.diff_ids).toEqual([digestOf(archive)]);
  });

  it.each(['none', 'gzip', 'zstd'] as const)(
    'tells how far it is (%s)',
    async compression => {
      const seen: PushProgress[] = [];
      const { layerBytes } = await push({
        compression,
        onProgress: progress => seen.push({ ...progress }),
      });
      expect(seen.length).toBeGreaterThan(4);
      expect(seen.filter(p => p.layerIsMade)).toEqual([
        { archiveBytes: archive.length, layerBytes, layerIsMade: true },
      ]);
    },
  );

  it('takes a stream', async () => {
    const pushed = await push({ archive: Readable.from([archive]) });
    expect(pushed.layerBytes).toBe(archive.length);
  });

  it.each(['none', 'gzip', 'zstd', 'auto'] as const)(
    'goes on where it was cut (%s)',
    async compression => {
      const random = randomBytes(24_000_000);
      let cuts = 0;
      registry.intercept = ({ method }) =>
        method === 'PATCH' && cuts++ < 3 ? { cutAfter: 6_000_000 } : undefined;
      const pushed = await push({
        archive: Readable.from([random]),
        compression,
      });
      expect(cuts).toBe(4);
      expect(pushed.archiveBytes).toBe(random.length);
      // The rest is the config.
      expect(registry.received - pushed.layerBytes).toBeLessThan(1000);
      expect(registry.uploads.size).toBe(0);
    },
  );

  it('cuts an upload that comes no further, and goes on', async () => {
    const random = randomBytes(24_000_000);
    let stalls = 0;
    registry.intercept = ({ method }) =>
      method === 'PATCH' && stalls++ < 1
        ? { stallAfter: 6_000_000 }
        : undefined;
    const impatient = new RegistryClient({
      host: registry.host,
      insecure: true,
      timeoutMs: 1_000,
    });
    const pushed = await push({
      registry: impatient,
      archive: Readable.from([random]),
    });
    await impatient.close();
    // On a busy machine the registry may stall by itself, too.
    expect(stalls).toBeGreaterThan(1);
    expect(blob(digestOf(random)).equals(random)).toBe(true);
    expect(pushed.layerBytes).toBe(random.length);
  });

  it('sends a file again after its upload was lost', async () => {
    let cuts = 0;
    registry.intercept = ({ method, path }) => {
      if (method === 'PATCH' && cuts++ < 2) return { cutAfter: 1_000_000 };
      const isAsked = method === 'GET' && path.includes('/uploads/');
      return isAsked ? { status: 404 } : undefined;
    };
    const { archiveBytes } = await push();
    expect(archiveBytes).toBe(archive.length);
    expect(cuts).toBe(3);
    expect(registry.uploads.size).toBe(0);
  });

  it('gives up on a connection that is cut again and again', async () => {
    registry.intercept = ({ method }) =>
      method === 'PATCH' ? 'cut' : undefined;
    await expect(push()).rejects.toMatchObject({
      code: 'registry-unreachable',
    });
    expect(registry.uploads.size).toBe(0);
  });

  it('stands by its digest when the answer to the last request is lost', async () => {
    let isLost = false;
    registry.intercept = ({ method, path }) => {
      if (method === 'PUT' && path.includes('/uploads/') && !isLost) {
        isLost = true;
        // As if the registry had taken it, and only its answer had been cut.
        registry.blobs.set(`${repository}/${digestOf(archive)}`, archive);
        registry.uploads.clear();
        return 'cut';
      }
      return undefined;
    };
    await expect(push()).resolves.toMatchObject({ layerBytes: archive.length });
  });

  it.each([
    [413, 'registry-too-large'],
    [403, 'registry-forbidden'],
  ])('reports a %i in the middle of the upload', async (status, code) => {
    registry.intercept = ({ method }) =>
      method === 'PATCH' ? { status } : undefined;
    await expect(push()).rejects.toMatchObject({ code });
    expect(registry.manifests.size).toBe(0);
  });

  it.each(['POST', 'PATCH', 'PUT', 'HEAD'])(
    'leaves no tag and no upload behind when it is stopped during a %s',
    async stopAt => {
      const stop = new AbortController();
      registry.intercept = ({ method }) => {
        if (method === stopAt) stop.abort(new Error('enough'));
        return undefined;
      };
      await expect(push({ signal: stop.signal })).rejects.toThrow('enough');
      expect(registry.manifests.size).toBe(0);
      expect(registry.uploads.size).toBe(0);
    },
  );

  it('reports an archive that cannot be read', async () => {
    await expect(
      push({ archive: join(folder, 'missing.tar') }),
    ).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
