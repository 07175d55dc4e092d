import { RootfsChange } from '@cubemig/plugin-cubemig-common';

/** A folder or file that the container changed, or a folder on the way to one. */
export interface FileNode {
  name: string;
  path: string;
  /** Absent of a folder that is only on the way. */
  change?: RootfsChange;
  children: FileNode[];
  /** Changes at and below it. */
  count: number;
}

/** Orders changes by folder; folders that hold nothing but one folder are written as one. */
export function fileTree(changes: RootfsChange[]): FileNode[] {
  const root: FileNode = { name: '', path: '', children: [], count: 0 };
  const nodes = new Map<string, FileNode>([['', root]]);
  const nodeAt = (path: string): FileNode => {
    const known = nodes.get(path);
    if (known) return known;
    const slash = path.lastIndexOf('/');
    const node = { name: path.slice(slash + 1), path, children: [], count: 0 };
    nodes.set(path, node);
    nodeAt(path.slice(0, Math.max(0, slash))).children.push(node);
    return node;
  };
  for (const change of changes) {
    const path = `/${change.path.replace(/^\/+|\/+$/g, '')}`;
    if (path !== '/') nodeAt(path).change = change;
  }
  return root.children.map(count).map(join).sort(byName);
}

function count(node: FileNode): FileNode {
  const children = node.children.map(count);
  return {
    ...node,
    children,
    count: children.reduce((n, c) => n + c.count, node.change ? 1 : 0),
  };
}

function join(node: FileNode): FileNode {
  const [only] = node.children;
  if (!node.change && node.children.length === 1 && only.children.length > 0) {
    return join({ ...only, name: `${node.name}/${only.name}` });
  }
  return { ...node, children: node.children.map(join).sort(byName) };
}

/** `file-10` after `file-9`. */
const { compare } = new Intl.Collator(undefined, { numeric: true });

function byName(a: FileNode, b: FileNode) {
  return compare(a.name, b.name);
}
