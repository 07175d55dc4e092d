import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { readLayer, RegistryClient, verifyImage } from '@cubemig/oci';
import { makeEncryptionKeys, makeSigningKeys } from '@cubemig/oci/testUtils';
import {
  checkpointReportSchema,
  courierPaths,
  emptyDirsPath,
  RestoreVolumesTask,
  volumeClaims,
} from '@cubemig/plugin-cubemig-common';
import {
  archive,
  podUid,
  repository,
  TestNode,
} from '../__testUtils__/TestNode';

// A courier takes a second to start where the machine has other work to do.
let node: TestNode;
let client: RegistryClient;

beforeEach(async () => {
  node = await TestNode.start();
  client = new RegistryClient({ host: node.registry.host, insecure: true });
});

afterEach(async () => {
  await client.close();
  await node.stop();
});

async function readArtifact(tag: string, privateKeys?: string[]) {
  const found = await client.resolveTag(repository, tag);
  const [layer] = found!.manifest.layers;
  const reading = { registry: client, repository, layer, privateKeys };
  return { ...found!, content: await buffer(await readLayer(reading)) };
}

describe('a report', () => {
  it('lies beside the image, and tells what is inside without its secrets', async () => {
    const { result } = await node
      .runCourier(node.createRequest({ report: true }))
      .end();
    const [{ digest, report }] = result.checkpoints;
    const found = await readArtifact('m1-counter.report');
    expect(found.digest).toBe(report?.digest);
    expect(found.manifest).toMatchObject({
      artifactType: 'application/vnd.cubemig.report.v1+json',
      subject: { digest },
      layers: [{ size: report?.bytes }],
    });
    const json = found.content.toString();
    const told = checkpointReportSchema.parse(JSON.parse(json));
    expect(told.report.processes.map(p => p.pid)).toContain(1);
    expect(told.forensics).toMatchObject({ pod: 'counter', verdict: 'clean' });
    expect(json).not.toContain('s3cr3t-counter-token-42');
    expect(node.leftovers()).toEqual([]);
  });

  it("is read with the platform's key alone", async () => {
    const [target, platform] = [makeEncryptionKeys(), makeEncryptionKeys()];
    await node
      .runCourier(
        node.createRequest({
          report: true,
          recipients: [target.publicKey, platform.publicKey],
          platformKey: platform.publicKey,
        }),
      )
      .end();
    const tag = 'm1-counter.report';
    await expect(readArtifact(tag, [target.privateKey])).rejects.toThrow();
    const { content } = await readArtifact(tag, [platform.privateKey]);
    expect(content.toString()).toContain('"counter"');
  });

  it('is refused for an encrypted checkpoint if it could not be encrypted', async () => {
    const recipients = [makeEncryptionKeys().publicKey];
    const { exitCode, result } = await node
      .runCourier(node.createRequest({ report: true, recipients }))
      .end();
    expect(exitCode).toBe(2);
    expect(result.failure?.message).toContain('platformKey');
  });

  it('is found again by a later courier', async () => {
    const request = node.createRequest({ report: true });
    const first = await node.runCourier(request).end();
    const second = await node.runCourier(request).end();
    expect(second.result.checkpoints[0].report).toEqual(
      first.result.checkpoints[0].report,
    );
  });
});

describe('volumes', () => {
  const source = `${emptyDirsPath(podUid)}/data`;
  const volumes = [{ name: 'data', maxBytes: 1_000_000 }];

  function restore(digest: string, change: Partial<RestoreVolumesTask> = {}) {
    const { registry } = node.createRequest();
    return node
      .runCourier({
        version: 1,
        task: 'restore-volumes',
        migration: 'm1',
        registry,
        volumes: [{ name: 'data', digest, maxBytes: 1_000_000 }],
        ...change,
      })
      .end();
  }

  it.each([true, false])(
    'are carried and put back (encrypted: %s)',
    async isEncrypted => {
      const keys = makeEncryptionKeys();
      const signing = makeSigningKeys();
      node.place(`${source}/folder/file`, 'content');
      chmodSync(node.locate(`${source}/folder`), 0o711);
      node.place(`${courierPaths.signing}/key.pem`, signing.privateKey);
      const carried = await node
        .runCourier(
          node.createRequest({
            volumes,
            compression: 'zstd',
            ...(isEncrypted && { recipients: [keys.publicKey] }),
          }),
        )
        .end();
      const [volume] = carried.result.volumes!;
      await verifyImage({
        registry: client,
        repository,
        digest: volume.digest,
        publicKey: signing.publicKey,
        claims: volumeClaims('m1', 'data'),
      });

      const target = node.locate(`${courierPaths.volumes}/data`);
      mkdirSync(target, { recursive: true });
      node.place(`${courierPaths.decryption}/key.pem`, keys.privateKey);
      const { exitCode, result } = await restore(volume.digest);
      expect(result).toEqual({
        version: 1,
        migration: 'm1',
        checkpoints: [],
        volumes: [{ name: 'data', digest: volume.digest, bytes: 7 }],
      });
      expect(exitCode).toBe(0);
      const file = join(target, 'folder/file');
      expect(readFileSync(file, 'utf8')).toBe('content');
    },
  );

  it('are packed when the last container has been checkpointed', async () => {
    node.place(`${source}/state`, 'before');
    const { answerKubelet } = node;
    node.answerKubelet = async container => {
      const answer = await answerKubelet(container);
      node.place(`${source}/state`, 'while it was checkpointed');
      return answer;
    };
    const { result } = await node
      .runCourier(node.createRequest({ volumes }))
      .end();
    expect(result.volumes).toHaveLength(1);
    const { content } = await readArtifact('m1-data.volume');
    expect(content.toString()).toContain('while it was checkpointed');
  });

  it.each([
    [
      'that are too large',
      [{ name: 'data', maxBytes: 3 }],
      'more than 3 bytes',
    ],
    ['that are not there', [{ name: 'other', maxBytes: 3 }], 'is it mounted'],
  ])('%s end the work', async (_, wanted, message) => {
    node.place(`${source}/file`, 'content');
    const { exitCode, result } = await node
      .runCourier(node.createRequest({ volumes: wanted }))
      .end();
    expect(exitCode).toBe(1);
    expect(result.failure?.message).toContain(message);
    expect(result.volumes).toBeUndefined();
    expect(node.leftovers()).toEqual([]);
  });

  it('of an earlier courier are used, or the work ends', async () => {
    node.place(`${source}/file`, 'content');
    const first = await node.runCourier(node.createRequest({ volumes })).end();
    const again = node.createRequest({ volumes });
    const second = await node.runCourier(again).end();
    expect(second.result.volumes).toEqual(first.result.volumes);
    node.registry.manifests.delete(`${repository}/m1-data.volume`);
    const third = await node.runCourier(again).end();
    expect(third.result.failure?.message).toContain('take new checkpoints');
  });

  it('are put back from nothing but the data of a volume', async () => {
    const { result } = await node.runCourier().end();
    mkdirSync(node.locate(`${courierPaths.volumes}/data`), { recursive: true });
    const wrong = await restore(result.checkpoints[0].digest);
    expect(wrong.exitCode).toBe(1);
    expect(wrong.result.failure?.message).toContain('not the data of a volume');
  });
});

describe('an archive', () => {
  it('is kept on a volume too', async () => {
    const kept = node.locate(courierPaths.kept);
    const keep = { directory: 'cluster1/default' };
    const request = node.createRequest({ keep });
    const failed = await node.runCourier(request).end();
    expect(failed.result.failure?.message).toContain('No volume for archives');
    expect(node.registry.manifests.size).toBe(0);

    mkdirSync(kept, { recursive: true });
    await expect(node.runCourier(request).end()).resolves.toMatchObject({
      exitCode: 0,
    });
    const folder = join(kept, keep.directory);
    expect(readdirSync(folder)).toEqual(['m1-counter.tar']);
    const copy = readFileSync(join(folder, 'm1-counter.tar'));
    expect(copy.equals(archive)).toBe(true);
    expect(node.leftovers()).toEqual([]);
  });

  it.each([
    { keep: { directory: '../etc' } },
    { keep: { directory: 'a' }, recipients: ['key'] },
  ])(
    'is not kept elsewhere, nor in the clear against its will (%j)',
    async change => {
      const { exitCode } = await node
        .runCourier(node.createRequest(change))
        .end();
      expect(exitCode).toBe(2);
    },
  );

  it('stays on the node if it is held', async () => {
    await node.runCourier(node.createRequest({ hold: true })).end();
    expect(existsSync(node.locate(node.archivePath('counter')))).toBe(true);
  });
});

it('asks the kubelet through the API server if it is told to', async () => {
  const { kubelet } = node.createRequest();
  const request = node.createRequest({
    kubelet: { ...kubelet, via: 'api-server', skipTlsVerify: true },
  });
  const env = {
    NODE_NAME: 'node-1',
    KUBERNETES_SERVICE_HOST: '127.0.0.1',
    KUBERNETES_SERVICE_PORT: String(node.kubelet.port),
  };
  const { exitCode } = await node.runCourier(request, env).end();
  expect(exitCode).toBe(0);
  expect(node.asked).toEqual([
    'POST /api/v1/nodes/node-1/proxy/checkpoint/default/counter/counter?timeout=60',
  ]);
  writeFileSync(
    node.locate('/var/run/secrets/kubernetes.io/serviceaccount/ca.crt'),
    '',
  );
  // What is said of kubelets is not said of the API server.
  const unverified = await node
    .runCourier({ ...request, migration: 'm2' }, env)
    .end();
  expect(unverified.result.failure?.message).toContain('self-signed');
});
