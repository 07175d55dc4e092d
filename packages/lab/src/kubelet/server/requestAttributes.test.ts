import { requestAttributes } from './requestAttributes';

describe('requestAttributes', () => {
  it.each([
    ['POST', '/checkpoint/ns/pod/c', 'create', ['checkpoint']],
    ['GET', '/checkpoint/ns/pod/c', 'get', ['checkpoint']],
    ['GET', '/containerLogs/ns/pod/c', 'get', ['proxy']],
    ['GET', '/logs/', 'get', ['log']],
    ['GET', '/pods', 'get', ['pods', 'proxy']],
    ['GET', '/healthz', 'get', ['healthz', 'proxy']],
    ['POST', '/exec/ns/pod/c', 'create', ['proxy']],
    ['GET', '/checkpoints', 'get', ['proxy']],
  ])('%s %s needs %s on %s', (method, path, verb, subresources) => {
    const attributes = requestAttributes(method, path, 'node-1');

    expect(attributes).toEqual(
      subresources.map(subresource => ({
        verb,
        group: '',
        resource: 'nodes',
        subresource,
        name: 'node-1',
      })),
    );
  });
});
