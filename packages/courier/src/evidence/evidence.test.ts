import { Readable } from 'node:stream';
import { pushCheckpointImage, RegistryClient } from '@cubemig/oci';
import { makeEncryptionKeys } from '@cubemig/oci/testUtils';
import {
  courierPaths,
  DiffFilesTask,
  SearchMemoryTask,
} from '@cubemig/plugin-cubemig-common';
import { mkdirSync } from 'node:fs';
import { readFixture, repository, TestNode } from '../__testUtils__/TestNode';

const keys = makeEncryptionKeys();
// A courier takes a second to start where the machine has other work to do, and an expression five to be given up.
let node: TestNode;
let client: RegistryClient;

beforeEach(async () => {
  node = await TestNode.start();
  client = new RegistryClient({ host: node.registry.host, insecure: true });
  mkdirSync(node.locate(courierPaths.temporary));
});

afterEach(async () => {
  await client.close();
  await node.stop();
});

/** Puts a fixture into the registry, as a courier would. */
async function push(name: string, isEncrypted = false) {
  const { digest } = await pushCheckpointImage({
    registry: client,
    repository,
    tag: name,
    archive: Readable.from([readFixture(name)]),
    container: 'shop',
    compression: 'zstd',
    recipients: isEncrypted ? [keys.publicKey] : undefined,
    architecture: 'amd64',
  });
  return digest;
}

const base = () => ({
  version: 1 as const,
  migration: 'inquiry-1',
  registry: node.createRequest().registry,
});

const search = (digest: string, change: Partial<SearchMemoryTask> = {}) => {
  const courier = node.runCourier({
    ...base(),
    task: 'search-memory',
    digest,
    pattern: { text: 'db.internal' },
    context: 36,
    maxMatches: 100,
    secrets: 'shown',
    ...change,
  });
  return courier.end().then(end => ({ ...end, records: courier.records }));
};

describe('search-memory', () => {
  it('finds what checkpointctl finds, in an encrypted checkpoint too', async () => {
    node.place(`${courierPaths.decryption}/key.pem`, keys.privateKey);
    const digest = await push('e-attacked', true);
    const { exitCode, result, records } = await search(digest, { pid: 1 });
    expect(exitCode).toBe(0);
    expect(result.records).toEqual({ count: records.length, isCut: false });
    expect(records).toContainEqual(
      expect.objectContaining({
        type: 'match',
        pid: 1,
        command: expect.stringContaining('python'),
        found: 'db.internal',
        before: expect.stringContaining('postgres://shop:hunter2@'),
        after: expect.stringContaining('/shop'),
        length: 11,
        hex: expect.stringContaining(
          Buffer.from('db.internal').toString('hex'),
        ),
      }),
    );
  });

  it.each([
    { hex: Buffer.from('db.internal').toString('hex') },
    { regex: 'db\\.int[a-z]+l' },
  ])('finds it as %j', async pattern => {
    const digest = await push('e-attacked');
    const byText = await search(digest);
    const { records } = await search(digest, { pattern });
    const addresses = (found: typeof records) =>
      found.map(record => record.type === 'match' && record.address);
    expect(addresses(records)).toEqual(addresses(byText.records));
    expect(records.length).toBeGreaterThan(1);
  });

  it('masks secrets that it knows, around a match and in it', async () => {
    const digest = await push('e-attacked');
    const context = 30;
    for (const pattern of [{ text: 'db.internal' }, { text: 'hunter2' }]) {
      const options = { pattern, context, secrets: 'masked' as const };
      const { records } = await search(digest, options);
      expect(records.length).toBeGreaterThan(0);
      expect(JSON.stringify(records)).not.toContain('hunter2');
      const hex = Buffer.from('hunter2').toString('hex');
      expect(JSON.stringify(records)).not.toContain(hex);
    }
  });

  it('tells no more than it is asked for, and that there is more', async () => {
    const digest = await push('e-attacked');
    const { result, records } = await search(digest, { maxMatches: 1 });
    expect(records).toHaveLength(1);
    expect(result.records).toEqual({ count: 1, isCut: true });
  });

  it('gives up on an expression that takes too long', async () => {
    const digest = await push('e-attacked');
    const pattern = { regex: '(\\?+)+$x' };
    const { exitCode, result } = await search(digest, { pattern });
    expect(exitCode).toBe(1);
    expect(result.failure?.message).toContain('takes too long');
  });

  it('needs a key for what is encrypted, and an image that is what its digest says', async () => {
    const encrypted = await search(await push('e0-shop-clean', true));
    expect(encrypted.result.failure?.message).toContain('None of the private');
    const digest = await push('e-attacked');
    const { layers } = await client.getManifest(repository, digest);
    const blob = node.registry.blobs.get(`${repository}/${layers[0].digest}`)!;
    blob[blob.length - 100] ^= 1;
    const tampered = await search(digest);
    expect(tampered.exitCode).toBe(1);
    expect(tampered.records).toEqual([]);
  });
});

const diff = (digest: string, change: Partial<DiffFilesTask> = {}) => {
  const courier = node.runCourier({
    ...base(),
    task: 'diff-files',
    digest,
    maxFiles: 100,
    secrets: 'shown',
    ...change,
  });
  return courier.end().then(end => ({ ...end, records: courier.records }));
};

describe('diff-files', () => {
  it('shows what a container wrote', async () => {
    const { records, result } = await diff(await push('e-attacked'));
    expect(result.records?.isCut).toBe(false);
    expect(records).toContainEqual(
      expect.objectContaining({
        path: '/var/tmp/.cache/stage2.sh',
        change: 'added',
        kind: 'text',
        size: 32,
        mode: '0700',
        diff: expect.stringMatching(/^@@ -\d,0 \+1,\d @@\n\+#!/),
      }),
    );
    expect(records).toContainEqual(
      expect.objectContaining({ path: '/var/log/dpkg.log', change: 'deleted' }),
    );
  });

  it('shows what differs between two checkpoints', async () => {
    const [clean, attacked] = [
      await push('e0-shop-clean'),
      await push('e-attacked'),
    ];
    const before = { repository, digest: clean };
    const { records } = await diff(attacked, { before, path: '/etc' });
    expect(records).toContainEqual(
      expect.objectContaining({
        path: '/etc/passwd',
        kind: 'text',
        diff: expect.stringMatching(/^@@ -0,0 \+1,19 @@\n[^]*\n\+eve:/),
      }),
    );
    expect(
      records.every(r => r.type === 'file' && r.path.startsWith('/etc/')),
    ).toBe(true);
    const back = await diff(clean, {
      before: { repository, digest: attacked },
    });
    expect(back.records).toContainEqual(
      expect.objectContaining({ path: '/etc/passwd', change: 'restored' }),
    );
    const none = await diff(clean, { before });
    expect(none.result.records).toEqual({ count: 0, isCut: false });
  });
});

describe('show-variable', () => {
  const show = async (name: string) => {
    const digest = await push('a-counter');
    const courier = node.runCourier({
      ...base(),
      task: 'show-variable',
      digest,
      pid: 1,
      name,
    });
    return { ...(await courier.end()), records: courier.records };
  };

  it('shows a secret', async () => {
    const { records } = await show('SECRET_TOKEN');
    expect(records).toMatchObject([
      { type: 'variable', value: 's3cr3t-counter-token-42' },
    ]);
  });

  it('says that there is none', async () => {
    const { exitCode, result } = await show('constructor');
    expect(exitCode).toBe(1);
    expect(result.failure?.message).toBe(
      'Process 1 has no variable constructor',
    );
  });
});
