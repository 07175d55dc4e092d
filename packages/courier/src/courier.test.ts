import { buffer } from 'node:stream/consumers';
import { decryptLayer, RegistryClient, verifyImage } from '@cubemig/oci';
import { makeEncryptionKeys, makeSigningKeys } from '@cubemig/oci/testUtils';
import { checkpointClaims } from '@cubemig/plugin-cubemig-common';
import { decompress } from 'fzstd';
import {
  archive,
  podUid,
  repository,
  TestNode,
} from './__testUtils__/TestNode';

// A courier takes a second to start where the machine has other work to do.
let node: TestNode;

beforeEach(async () => {
  node = await TestNode.start();
});

afterEach(() => node.stop());

describe('the courier', () => {
  it('carries a checkpoint from the kubelet to the registry', async () => {
    const courier = node.runCourier();
    const { exitCode, result } = await courier.end();

    expect(result).toEqual({
      version: 1,
      migration: 'm1',
      checkpoints: [
        {
          container: 'counter',
          digest: expect.any(String),
          archiveBytes: archive.length,
          layerBytes: archive.length,
          frozenMicros: 130592,
          dump: expect.objectContaining({
            memoryDumpMicros: expect.any(Number),
          }),
        },
      ],
    });
    expect(exitCode).toBe(0);
    expect(node.asked).toEqual([
      'POST /checkpoint/default/counter/counter?timeout=60',
    ]);
    expect(courier.milestones).toEqual([
      'checkpoint started',
      'checkpoint finished',
      'image started',
      'push started',
      'image finished',
      'push finished',
    ]);
    expect(courier.events.map(event => event.sequence)).toEqual(
      courier.events.map((_, index) => index + 1),
    );
    expect(node.leftovers()).toEqual([]);

    const client = new RegistryClient({
      host: node.registry.host,
      insecure: true,
    });
    const found = await client.resolveTag(repository, 'm1-counter');
    await client.close();
    expect(found?.digest).toBe(result.checkpoints[0].digest);
    expect(found?.manifest.annotations).toMatchObject({
      'io.kubernetes.cri-o.annotations.checkpoint.name': 'counter',
      'org.criu.checkpoint.container.name': 'counter',
      'cubemig.io/migration': 'm1',
      'cubemig.io/namespace': 'default',
      'cubemig.io/pod': 'counter',
      'cubemig.io/pod-uid': podUid,
      'cubemig.io/container': 'counter',
    });
    const { digest } = found!.manifest.layers[0];
    expect(node.registry.blobs.get(`${repository}/${digest}`)).toEqual(archive);
  });

  it('compresses if it is told to', async () => {
    const { result } = await node
      .runCourier(node.createRequest({ compression: 'gzip' }))
      .end();
    const [{ archiveBytes, layerBytes }] = result.checkpoints;
    expect(archiveBytes).toBe(archive.length);
    expect(layerBytes).toBeLessThan(archive.length / 2);
  });

  it.each(['zstd', 'auto'] as const)(
    'packs with %s and encrypts in the same pass',
    async compression => {
      const { publicKey, privateKey } = makeEncryptionKeys();
      const { exitCode } = await node
        .runCourier(
          node.createRequest({ compression, recipients: [publicKey] }),
        )
        .end();
      expect(exitCode).toBe(0);
      const client = new RegistryClient({
        host: node.registry.host,
        insecure: true,
      });
      const { manifest } = (await client.resolveTag(repository, 'm1-counter'))!;
      const [layer] = manifest.layers;
      const { mediaType, content } = await decryptLayer(
        layer,
        await client.downloadBlob(repository, layer),
        [privateKey],
      );
      expect(mediaType).toBe('application/vnd.oci.image.layer.v1.tar+zstd');
      const unpacked = Buffer.from(decompress(await buffer(content)));
      expect(unpacked.equals(archive)).toBe(true);
      await client.close();
    },
  );

  it('refuses to send anything when it cannot encrypt', async () => {
    const { exitCode, result } = await node
      .runCourier(node.createRequest({ recipients: ['not a key'] }))
      .end();
    expect(exitCode).toBe(1);
    expect(result.failure?.message).toContain('Not a public RSA key');
    expect(node.registry.blobs.size).toBe(0);
    expect(node.leftovers()).toEqual([]);
  });

  it('signs with the key of its Secret, also what an earlier run has pushed', async () => {
    const { publicKey, privateKey } = makeSigningKeys();
    const client = new RegistryClient({
      host: node.registry.host,
      insecure: true,
    });
    await node.runCourier().end();
    node.place('/var/run/secrets/cubemig/signing/key.pem', privateKey);
    const { result } = await node.runCourier().end();
    const image = {
      registry: client,
      repository,
      digest: result.checkpoints[0].digest,
      publicKey,
    };
    await expect(
      verifyImage({ ...image, claims: checkpointClaims('m1', 'counter') }),
    ).resolves.toBeUndefined();
    await expect(
      verifyImage({ ...image, claims: checkpointClaims('m2', 'counter') }),
    ).rejects.toThrow('No signature');
    await client.close();
  });

  it('shows the registry the credentials of the Secret', async () => {
    const expected = Buffer.from('courier:password').toString('base64');
    node.place(
      '/var/run/secrets/cubemig/registry/.dockerconfigjson',
      JSON.stringify({ auths: { [node.registry.host]: { auth: expected } } }),
    );
    node.registry.intercept = ({ headers }) =>
      headers.authorization === `Basic ${expected}`
        ? undefined
        : { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } };
    await expect(node.runCourier().end()).resolves.toMatchObject({
      exitCode: 0,
    });
  });

  it('uses the checkpoint that an earlier run of its Job has pushed', async () => {
    const first = await node.runCourier().end();
    node.asked.length = 0;
    const courier = node.runCourier();
    const second = await courier.end();
    expect(second.exitCode).toBe(0);
    expect(second.result).toEqual({
      ...first.result,
      // What the dump took, only the archive tells.
      checkpoints: [
        { ...first.result?.checkpoints[0], dump: undefined, reused: true },
      ],
    });
    expect(node.asked).toEqual([]);
    expect(courier.milestones).toEqual(['push started', 'push finished']);
  });

  it('refuses to take another image under its tag for its own', async () => {
    await node.runCourier().end();
    const other = { namespace: 'default', name: 'counter', uid: 'another-uid' };
    const { exitCode, result } = await node
      .runCourier(node.createRequest({ pod: other }))
      .end();
    expect(exitCode).toBe(1);
    expect(result.failure?.message).toContain(
      `${repository}:m1-counter exists`,
    );
  });

  it('stops all of a pod when one container fails', async () => {
    const courier = node.runCourier(
      node.createRequest({ containers: ['counter', 'sidecar'] }),
    );
    const { exitCode, result } = await courier.end();
    expect(exitCode).toBe(1);
    // The kubelet of this test gives the counter's archive for the sidecar too.
    expect(result.failure).toMatchObject({
      container: 'sidecar',
      phase: 'checkpoint',
      message: expect.stringContaining('is of another container'),
    });
    expect(node.leftovers()).toEqual([]);
  });
});
