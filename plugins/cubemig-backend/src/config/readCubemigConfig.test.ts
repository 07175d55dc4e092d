import { mockServices } from '@backstage/backend-test-utils';
import {
  makeEncryptionKeys,
  MemoryRegistry,
  selfSign,
} from '@cubemig/oci/testUtils';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRegistryClient } from '../migration/createRegistryClient';
import { readCubemigConfig } from './readCubemigConfig';

const minimal = {
  namespaces: ['demo'],
  courier: { image: 'registry.example.com/courier:1' },
  registry: { host: 'registry.example.com:5000' },
};

function read(cubemig: any) {
  return readCubemigConfig(mockServices.rootConfig({ data: { cubemig } }));
}

describe('readCubemigConfig', () => {
  it('fills in defaults', () => {
    expect(read(minimal)).toMatchObject({
      courier: {
        namespace: 'cubemig',
        serviceAccount: 'cubemig-courier',
        registrySecret: 'cubemig-registry',
        timeoutSeconds: 900,
      },
      registry: { prefix: 'cubemig', insecure: false, compression: 'none' },
      migration: { settleSeconds: 2, timeouts: { restoreSeconds: 300 } },
    });
  });

  it.each([
    [
      { registry: { host: 'https://registry' } },
      'cubemig.registry.host: must be host',
    ],
    [
      { registry: { host: 'r', username: 'u' } },
      'cubemig.registry.password: must be set together',
    ],
    [
      { registry: { host: 'r', caFile: '/nowhere.pem' } },
      'cubemig.registry.caFile',
    ],
    [
      { registry: { host: 'r', clientCertificateFile: 'a.pem' } },
      'cubemig.registry.clientKeyFile: must be set together',
    ],
    [
      { registry: { host: 'registry.example.com', prefix: 'a/../b' } },
      'cubemig.registry.prefix: must be a repository path',
    ],
    [{ courier: {} }, 'cubemig.courier.image'],
    [
      { namespaces: ['Demo'] },
      'cubemig.namespaces.0: must be a Kubernetes namespace',
    ],
    [{ migration: { settleSecond: 3 } }, 'settleSecond'],
  ])('refuses %j', (change, text) => {
    expect(() => read({ ...minimal, ...change })).toThrow(text);
  });

  describe('encryption', () => {
    const folder = mkdtempSync(join(tmpdir(), 'keys-'));
    const keyFile = (name: string, content: string) => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };
    const { publicKey } = makeEncryptionKeys();
    afterAll(() => rmSync(folder, { recursive: true }));

    const readKeys = (publicKeyFile: string) =>
      read({
        ...minimal,
        registry: {
          host: 'r',
          encryption: { clusters: [{ name: 'c2', publicKeyFile }] },
        },
      }).recipients;

    it('reads the public keys of the target clusters', () => {
      const keys = readKeys(keyFile('c2.pem', publicKey));
      expect(keys?.clusters).toEqual(new Map([['c2', publicKey]]));
      expect(keys?.platform).toBeUndefined();
    });

    it.each([
      ['nothing.pem', 'ENOENT'],
      [keyFile('text.pem', 'text'), 'Not a public RSA key'],
    ])('refuses %s', (file, text) => {
      expect(() => readKeys(file)).toThrow(text);
    });
  });

  it('has a registry shown the certificate that its settings name', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tls-'));
    const server = await selfSign('registry');
    const registry = await MemoryRegistry.start({
      cert: server.certificate,
      key: server.key,
      ca: server.certificate,
      requestCert: true,
      rejectUnauthorized: true,
    });
    const other = await selfSign('other');
    const write = (name: string, pem: string) => {
      writeFileSync(join(folder, name), pem);
      return join(folder, name);
    };
    const settings = {
      host: registry.host,
      caFile: write('ca.pem', server.certificate),
      clientCertificateFile: write('tls.crt', server.certificate),
      clientKeyFile: write('tls.key', server.key),
    };
    const client = createRegistryClient(
      read({ ...minimal, registry: settings }),
    );
    try {
      expect(await client.resolveTag('cubemig/x', 'none')).toBeUndefined();
      expect(registry.peers).toEqual(['registry']);
      write('tls.key', other.key);
      expect(() => read({ ...minimal, registry: settings })).toThrow(
        'is not that of the certificate',
      );
    } finally {
      await client.close();
      await registry.stop();
      rmSync(folder, { recursive: true });
    }
  });

  it('names every missing key', () => {
    expect(() => read(undefined)).toThrow(
      /cubemig\.namespaces[^]*cubemig\.courier[^]*cubemig\.registry/,
    );
  });
});
