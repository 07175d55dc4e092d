import { TestDatabases } from '@backstage/backend-test-utils';
import { RegistryClient, signImage } from '@cubemig/oci';
import { makeSigningKeys, MemoryRegistry } from '@cubemig/oci/testUtils';
import { createRun } from '../__testUtils__/createRun';
import { checkSignature } from './signers';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const image = {
  repository: 'cubemig/c1/demo/counter',
  digest: `sha256:${'a'.repeat(64)}`,
  claims: { 'cubemig.io/migration': 'm1' },
};
const source = makeSigningKeys();
const other = makeSigningKeys();

let server: MemoryRegistry;
let registry: RegistryClient;

beforeEach(async () => {
  server = await MemoryRegistry.start();
  registry = new RegistryClient({ host: server.host, insecure: true });
});

afterEach(async () => {
  await registry.close();
  await server.stop();
});

async function checkWith(signers?: Map<string, string>) {
  const { run } = await createRun(databases, { registry });
  run.config.signers = signers;
  return checkSignature(run, image);
}

describe('checkSignature', () => {
  it('asks for none where none is wanted', async () => {
    await expect(checkWith()).resolves.toBeUndefined();
  });

  it('refuses a source whose key is not known', async () => {
    const signers = new Map([['c2', source.publicKey]]);
    await expect(checkWith(signers)).rejects.toMatchObject({
      problem: { code: 'source-key-missing' },
    });
  });

  it('refuses what is not signed', async () => {
    const signers = new Map([['c1', source.publicKey]]);
    await expect(checkWith(signers)).rejects.toMatchObject({
      problem: { code: 'signature-missing' },
    });
  });

  it('lets through what the source has signed, and nobody else', async () => {
    await signImage({ registry, ...image, privateKey: source.privateKey });
    const ours = new Map([['c1', source.publicKey]]);
    await expect(checkWith(ours)).resolves.toBeUndefined();
    const theirs = new Map([['c1', other.publicKey]]);
    await expect(checkWith(theirs)).rejects.toMatchObject({
      problem: { code: 'signature-wrong' },
    });
  });
});
