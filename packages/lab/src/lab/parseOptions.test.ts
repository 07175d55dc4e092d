import { resolve } from 'node:path';
import { parseOptions } from './parseOptions';

describe('parseOptions', () => {
  it('has a default for everything', () => {
    expect(parseOptions([])).toEqual({
      stateDir: resolve('.cubemig/lab'),
      portBase: 16440,
      subnet: 41,
      runtime: 'emulated',
      courier: undefined,
      manifests: [],
      enforcesPolicies: false,
      alerts: { sender: 'falco' },
      exitsWithParent: false,
    });
  });

  it('tells manifests of one cluster from those of all', () => {
    expect(
      parseOptions(['--apply', 'a.yaml', '--apply', 'cluster1=b']).manifests,
    ).toEqual([
      { path: resolve('a.yaml') },
      { cluster: 'cluster1', path: resolve('b') },
    ]);
  });

  it.each([
    [['--port-base', 'x'], '--port-base must be a whole number'],
    [['--subnet', '254'], '--subnet must be a whole number from 1 to 253'],
    [['--runtime', 'docker'], '--runtime must be emulated or criu'],
    [['--unknown'], "Unknown option '--unknown'"],
  ])('refuses %p', (args, message) => {
    expect(() => parseOptions(args)).toThrow(message);
  });
});
