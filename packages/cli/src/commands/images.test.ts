import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { MemoryRegistry } from '@cubemig/oci/testUtils';
import { archive, temporaryFolder } from '../__testUtils__/fixtures';
import { runCli } from '../__testUtils__/runCli';

describe('build and push', () => {
  const keys = {
    'io.kubernetes.cri-o.annotations.checkpoint.name': 'counter',
    'org.criu.checkpoint.container.name': 'counter',
  };
  const sha256 = (content: Buffer) =>
    `sha256:${createHash('sha256').update(content).digest('hex')}`;

  it('builds an image layout that says of itself what is true', async () => {
    const folder = temporaryFolder();
    const { out, code } = await runCli(['build', archive('a-counter'), folder]);
    expect(code).toBe(0);
    const read = (file: string) => readFileSync(join(folder, file));
    const blob = (digest: string) => {
      const content = read(`blobs/sha256/${digest.slice(7)}`);
      expect(sha256(content)).toBe(digest);
      return content;
    };
    const index = JSON.parse(read('index.json').toString());
    expect(JSON.parse(read('oci-layout').toString())).toEqual({
      imageLayoutVersion: '1.0.0',
    });
    const { digest, annotations } = index.manifests[0];
    expect(annotations['org.opencontainers.image.ref.name']).toBe('latest');
    expect(out).toBe(`${folder}: latest@${digest}\n`);
    const manifest = JSON.parse(blob(digest).toString());
    expect(manifest.annotations).toMatchObject(keys);
    const config = JSON.parse(blob(manifest.config.digest).toString());
    expect(config).toMatchObject({ os: 'linux', architecture: 'amd64' });
    const layer = gunzipSync(blob(manifest.layers[0].digest));
    expect(sha256(layer)).toBe(config.rootfs.diff_ids[0]);
    expect(layer).toEqual(gunzipSync(readFileSync(archive('a-counter'))));
  });

  it('pushes an image', async () => {
    const registry = await MemoryRegistry.start();
    try {
      const image = `${registry.host}/demo/counter:one`;
      const { out, code } = await runCli([
        'push',
        '--insecure',
        '--compression',
        'none',
        archive('a-counter'),
        image,
      ]);
      expect(code).toBe(0);
      const [, digest] = /@(sha256:\S+)/.exec(out)!;
      const manifest = [...registry.manifests.values()]
        .map(content => JSON.parse(content.toString()))
        .find(m => m.layers);
      expect(manifest.annotations).toMatchObject(keys);
      expect(sha256(Buffer.from(JSON.stringify(manifest)))).toBe(digest);
    } finally {
      await registry.stop();
    }
  });

  it('says how an image name is written', async () => {
    const { code, err } = await runCli([
      'push',
      archive('a-counter'),
      'counter',
    ]);
    expect(code).toBe(1);
    expect(err).toBe(
      'cubemig: "counter" is no image name: write it as host[:port]/repository:tag\n',
    );
  });
});
