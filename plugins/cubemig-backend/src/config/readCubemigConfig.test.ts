import { mockServices } from '@backstage/backend-test-utils';
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

  it('names every missing key', () => {
    expect(() => read(undefined)).toThrow(
      /cubemig\.namespaces[^]*cubemig\.courier[^]*cubemig\.registry/,
    );
  });
});
