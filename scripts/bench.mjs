import { join } from 'node:path';
import { root } from './root.mjs';
import { tryTool } from './tools.mjs';

/** `npm run bench`: how fast a checkpoint gets into a registry, beside other ways of doing it. packages/oci/README.md explains it. */
export function bench() {
  return tryTool('node', [join(root, 'packages/oci/bench/main.mjs')]);
}
