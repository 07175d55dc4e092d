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
  const found = findingsByPid(findings);
  const branches = new Map<number, ProcessBranch>();
  for (const process of processes) {
    const own = [...(found.get(process.pid) ?? [])];
    branches.set(process.pid, {
      process,
      findings: own,
      children: [],
      total: own.length,
    });
  }
  const forest: ProcessBranch[] = [];
  const placed = new Set<ProcessBranch>();
  for (const branch of branches.values()) {
    const parent = branches.get(branch.process.ppid);
    if (parent && parent !== branch) parent.children.push(branch);
    else forest.push(branch);
  }
  const below = walk(forest, placed);
  // A circle of parents, which only a forged report can hold: it is cut where it is met first.
  for (const branch of branches.values()) {
    if (placed.has(branch)) continue;
    forest.push(branch);
    below.push(...walk([branch], placed));
  }
  // Children stand behind their parents: backwards, each child's total is known before it is added.
  for (const branch of below.reverse()) {
    for (const child of branch.children) branch.total += child.total;
  }
  return forest;
}

/** All branches of a forest from the top down, without recursion: a forged report may be as deep as it likes. */
function walk(forest: ProcessBranch[], placed: Set<ProcessBranch>) {
  const order = [...forest];
  for (const branch of forest) placed.add(branch);
  for (const branch of order) {
    branch.children = branch.children.filter(child => !placed.has(child));
    for (const child of branch.children) {
      placed.add(child);
      order.push(child);
    }
  }
  return order;
}

function findingsByPid(findings: Finding[]) {
  const found = new Map<number, Set<Finding>>();
  for (const finding of findings) {
    for (const { pid } of finding.evidence) {
      if (pid === undefined) continue;
      const at = found.get(pid);
      if (at) at.add(finding);
      else found.set(pid, new Set([finding]));
    }
  }
  return found;
}

/** Only branches that hold a process of which `isMeant` is true. */
export function pruneForest(
  forest: ProcessBranch[],
  isMeant: (process: Process) => boolean,
): ProcessBranch[] {
  const order = walk(forest, new Set());
  const kept = new Map<ProcessBranch, ProcessBranch>();
  const keptOf = (branches: ProcessBranch[]) =>
    branches.flatMap(branch => kept.get(branch) ?? []);
  for (const branch of order.reverse()) {
    const children = keptOf(branch.children);
    if (children.length > 0 || isMeant(branch.process)) {
      kept.set(branch, { ...branch, children });
    }
  }
  return keptOf(forest);
}

/**
 * Which branches begin unfolded, from the top down: those of which `isMeant` is true, as far as no more than `limit` lines
 * are shown. Of one process's children, `page` are shown at a time.
 */
export function branchesToOpen(
  forest: ProcessBranch[],
  { limit, page }: { limit: number; page: number },
  isMeant: (branch: ProcessBranch) => boolean,
): ReadonlySet<number> {
  const open = new Set<number>();
  const shown = forest.slice(0, page);
  for (const branch of shown) {
    const more = branch.children.slice(0, page);
    if (more.length === 0 || !isMeant(branch)) continue;
    if (shown.length + more.length > limit) continue;
    open.add(branch.process.pid);
    shown.push(...more);
  }
  return open;
}
