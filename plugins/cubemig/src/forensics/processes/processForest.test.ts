import { attackedForensics, attackedReport } from '../../__testUtils__';
import { branchesToOpen, processForest, pruneForest } from './processForest';

const { processes } = attackedReport;

describe('processForest', () => {
  it('orders processes by who started whom, with what was found on them', () => {
    const [root, ...others] = processForest(
      processes,
      attackedForensics.findings,
    );
    expect(others).toEqual([]);
    expect(root.process.pid).toBe(1);
    const shell = root.children.find(({ process }) => process.pid === 3)!;
    expect(shell.children.map(({ process }) => process.command)).toEqual(
      expect.arrayContaining(['cat', 'sh', 'nc']),
    );
    expect(root.total).toBeGreaterThan(root.findings.length);
  });

  it('keeps the way to a process that is sought', () => {
    const forest = processForest(processes, []);
    const [root] = pruneForest(forest, ({ command }) => command === 'nc');
    expect(root.process.pid).toBe(1);
    expect(root.children).toHaveLength(1);
  });

  it('shows each process once, even if a forged report makes parents of children', () => {
    const [one, two] = processes;
    const forest = processForest(
      [
        { ...one, pid: 5, ppid: 6 },
        { ...two, pid: 6, ppid: 5 },
      ],
      [],
    );
    expect(forest).toHaveLength(1);
    expect(forest[0].children[0].process.pid).toBe(6);
  });

  it('stands a report of any depth, and finds its last process', () => {
    const depth = 50_000;
    const chain = Array.from({ length: depth }, (_, i) => ({
      ...processes[0],
      pid: i + 1,
      ppid: i,
    }));
    const [root] = pruneForest(
      processForest(chain, []),
      ({ pid }) => pid === depth,
    );
    expect(root.process.pid).toBe(1);
    expect(pruneForest([root], ({ pid }) => pid > depth)).toEqual([]);
  });
});

describe('branchesToOpen', () => {
  const at = (pid: number, ppid: number) => ({ ...processes[0], pid, ppid });
  const crowd = [
    at(1, 0),
    ...Array.from({ length: 1000 }, (_, i) => at(2 + i, 1)),
    ...Array.from({ length: 1000 }, (_, i) => at(2000 + i, 2)),
  ];
  const forest = processForest(crowd, []);

  it('unfolds from the top down, as far as there is room', () => {
    const all = () => true;
    expect([...branchesToOpen(forest, { limit: 150, page: 100 }, all)]).toEqual(
      [1],
    );
    expect([...branchesToOpen(forest, { limit: 250, page: 100 }, all)]).toEqual(
      [1, 2],
    );
  });

  it('unfolds what is meant, below what is meant', () => {
    const open = branchesToOpen(
      forest,
      { limit: 1000, page: 100 },
      ({ process }) => process.pid !== 1,
    );
    expect(open.size).toBe(0);
  });
});
