import { printableLine } from './printable';

/** A tree to be drawn. */
export interface Tree {
  text: string;
  children: Tree[];
}

/** A node; children that are undefined are left out. */
export function node(text: string, ...children: (Tree | undefined)[]): Tree {
  return { text, children: children.filter(child => child !== undefined) };
}

/** Draws a tree with lines, ending in a line end. */
export function formatTree(
  tree: Tree,
  styleText: (text: string) => string = text => text,
): string {
  const lines = [styleText(printableLine(tree.text))];
  const add = (children: Tree[], indent: string) => {
    children.forEach((child, i) => {
      const isLast = i === children.length - 1;
      lines.push(
        `${indent}${isLast ? '└── ' : '├── '}${styleText(
          printableLine(child.text),
        )}`,
      );
      add(child.children, `${indent}${isLast ? '    ' : '│   '}`);
    });
  };
  add(tree.children, '');
  return `${lines.join('\n')}\n`;
}
