import { ProcessNode } from '@cubemig/plugin-cubemig-common';
import { groupBy } from '../grouping/groupBy';
import { Warnings } from '../report/Warnings';
import { hasState, ReadProcess } from './readProcesses';

export interface ProcessTreeOptions {
  arguments: boolean;
  environment: boolean;
  /** Nodes deeper than this are hung up where the limit is. */
  maxDepth: number;
}

/**
 * The tree of processes, children by rising pid. A process whose parent is not there, or is its own descendant, becomes
 * a child of the root, with a warning; a zombie's children are shown although checkpointctl leaves them out.
 */
export function buildProcessTree(
  processes: readonly ReadProcess[],
  options: ProcessTreeOptions,
  warnings: Warnings,
): ProcessNode | undefined {
  const root = processes.find(p => p.ppid === 0) ?? processes[0];
  if (!root) {
    return undefined;
  }
  if (root.ppid !== 0) {
    warnings.add('process tree: no process is without a parent');
  }
  const childrenOf = groupBy(
    processes.filter(process => process !== root),
    ({ ppid }) => ppid,
  );

  const nodes = new Map<number, ProcessNode>();
  const attachBelow = (top: ReadProcess, parent?: ProcessNode) => {
    const open: {
      process: ReadProcess;
      parent?: ProcessNode;
      depth: number;
    }[] = [{ process: top, parent, depth: parent ? 1 : 0 }];
    for (let next = open.pop(); next; next = open.pop()) {
      const { process, depth } = next;
      if (nodes.has(process.pid)) {
        continue;
      }
      const node = toNode(process, options);
      nodes.set(process.pid, node);
      if (next.parent) {
        (next.parent.children ??= []).push(node);
      }
      const isTooDeep = depth >= options.maxDepth;
      if (isTooDeep && childrenOf.has(process.pid)) {
        warnings.add(
          `process tree: deeper than ${options.maxDepth}, so process ${process.pid} is shown beside its children`,
        );
      }
      for (const child of childrenOf.get(process.pid) ?? []) {
        open.push({
          process: child,
          parent: isTooDeep ? next.parent : node,
          depth: isTooDeep ? depth : depth + 1,
        });
      }
    }
  };

  attachBelow(root);
  const pids = new Set(processes.map(p => p.pid));
  // Orphans first, so that those in a cycle come last and bring the others of their cycle with them.
  const lost = [...processes.filter(p => !pids.has(p.ppid)), ...processes];
  for (const process of lost) {
    if (!nodes.has(process.pid)) {
      warnings.add(
        `process tree: process ${process.pid} does not descend from process ${root.pid}`,
      );
      attachBelow(process, nodes.get(root.pid));
    }
  }
  for (const node of nodes.values()) {
    node.children?.sort((a, b) => a.pid - b.pid);
  }
  return nodes.get(root.pid);
}

/** The node of a process, and all below it. */
export function findProcess(
  tree: ProcessNode,
  pid: number,
): ProcessNode | undefined {
  const open = [tree];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.pid === pid) {
      return node;
    }
    open.push(...(node.children ?? []));
  }
  return undefined;
}

function toNode(
  process: ReadProcess,
  options: ProcessTreeOptions,
): ProcessNode {
  const node: ProcessNode = {
    pid: process.pid,
    command: process.command,
    task_state: process.state,
  };
  if (hasState(process)) {
    if (options.arguments && process.cmdline) {
      node.cmdline = process.cmdline;
    }
    const { environment } = process;
    if (options.environment && environment && Object.keys(environment).length) {
      node.environment_variables = environment;
    }
  }
  return node;
}
