import { parseImageReference } from './ImageReference';

const digest = `sha256:${'a'.repeat(64)}`;

describe('parseImageReference', () => {
  it.each([
    [
      'registry.lab/demo/counter:1',
      { host: 'registry.lab', repository: 'demo/counter', tag: '1' },
    ],
    [
      '127.0.0.1:5000/counter',
      { host: '127.0.0.1:5000', repository: 'counter', tag: 'latest' },
    ],
    [`localhost/a@${digest}`, { host: 'localhost', repository: 'a', digest }],
    [
      `registry.lab/a:2@${digest}`,
      { host: 'registry.lab', repository: 'a', tag: '2', digest },
    ],
    ['busybox', { host: 'docker.io', repository: 'busybox', tag: 'latest' }],
  ])('takes %s apart', (text, reference) => {
    expect(parseImageReference(text)).toEqual(reference);
  });

  it.each([
    '',
    'registry.lab/Upper:1',
    'registry.lab/../x',
    'a b',
    'registry.lab/a@sha256:short',
  ])('refuses %j', text => {
    expect(parseImageReference(text)).toBeUndefined();
  });
});
