import { Finding, Process } from '@cubemig/plugin-cubemig-common';

/** A process with those that it started, and what was found on it. */
export interface ProcessBranch {
  process: Process;
  findings: Finding[];
  children: ProcessBranch[];
  /** Findings on it and on all below. */
  total: number;
}

/** Orders processes by who started whom; one whose parent is unknown, or its own descendant, stands at the top. */
export function processForest(
  processes: Process[],
  findings: Finding[],
): ProcessBranch[] {
  const byParent = new Map<number, Process[]>();
  const known = new Set(processes.map(({ pid }) => pid));
  for (const process of processes) {
    const siblings = byParent.get(process.ppid) ?? [];
    byParent.set(process.ppid, [...siblings, process]);
  }
  const placed = new Set<number>();
  const grow = (process: Process): ProcessBranch => {
    placed.add(process.pid);
    const children = (byParent.get(process.pid) ?? [])
      .filter(({ pid }) => !placed.has(pid))
      .map(grow);
    const own = findings.filter(({ evidence }) =>
      evidence.some(({ pid }) => pid === process.pid),
    );
    return {
      process,
      findings: own,
      children,
      total: own.length + children.reduce((sum, child) => sum + child.total, 0),
    };
  };
  const roots = processes.filter(
    ({ pid, ppid }) => !known.has(ppid) || ppid === pid,
  );
  const forest = roots.map(grow);
  // A circle of parents, which only a forged report can hold
  const lost = processes.filter(({ pid }) => !placed.has(pid));
  return [
    ...forest,
    ...lost.flatMap(process => (placed.has(process.pid) ? [] : grow(process))),
  ];
}

/** Only branches that hold a process of which `isMeant` is true. */
export function pruneForest(
  forest: ProcessBranch[],
  isMeant: (process: Process) => boolean,
): ProcessBranch[] {
  return forest.flatMap(branch => {
    const children = pruneForest(branch.children, isMeant);
    return children.length > 0 || isMeant(branch.process)
      ? [{ ...branch, children }]
      : [];
  });
}
