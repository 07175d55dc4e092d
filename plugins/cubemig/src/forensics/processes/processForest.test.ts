import { attackedForensics, attackedReport } from '../../__testUtils__';
import { processForest, pruneForest } from './processForest';

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
});
