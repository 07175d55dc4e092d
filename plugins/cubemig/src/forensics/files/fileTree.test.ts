import { fileTree } from './fileTree';

describe('fileTree', () => {
  it('orders changes by folder, and writes lonely folders as one', () => {
    const tree = fileTree([
      { path: '/var/tmp/.cache/stage2.sh', change: 'written', type: 'file' },
      { path: '/etc/passwd', change: 'changed', type: 'file' },
      { path: 'etc/cron.d/', change: 'added', type: 'directory' },
      { path: '/etc/cron.d/x', change: 'added', type: 'file' },
    ]);
    expect(tree.map(({ name, count }) => [name, count])).toEqual([
      ['etc', 3],
      ['var/tmp/.cache', 1],
    ]);
    expect(tree[0].children.map(({ path, count }) => [path, count])).toEqual([
      ['/etc/cron.d', 2],
      ['/etc/passwd', 1],
    ]);
    expect(tree[1].children[0].path).toBe('/var/tmp/.cache/stage2.sh');
  });

  it('orders names by the numbers in them', () => {
    const tree = fileTree(
      ['/log.10', '/log.9', '/log'].map(path => ({ path, change: 'written' })),
    );
    expect(tree.map(({ name }) => name)).toEqual(['log', 'log.9', 'log.10']);
  });
});
