import { join } from 'node:path';
import { root } from './root.mjs';
import { tryTool } from './tools.mjs';

const benches = {
  /** Reading a checkpoint, beside checkpointctl. packages/checkpoint/README.md explains it. */
  checkpoint: [
    '-r',
    '@backstage/cli/config/nodeTransform.cjs',
    join(root, 'packages/checkpoint/bench/main.ts'),
  ],
  /** Taking in alerts, also in a backend that is killed; `--storm` for many of one kind, `--postgres <connection string>` instead of SQLite. */
  alerts: [
    '-r',
    '@backstage/cli/config/nodeTransform.cjs',
    join(root, 'plugins/cubemig-backend/bench/alerts/main.ts'),
  ],
  /** How long the pages' lists and figures take of a database that is full. */
  lists: [
    '-r',
    '@backstage/cli/config/nodeTransform.cjs',
    join(root, 'plugins/cubemig-backend/bench/lists/main.ts'),
  ],
  /** Getting it into a registry, beside other ways. packages/oci/README.md explains it. */
  oci: [join(root, 'packages/oci/bench/main.mjs')],
  /** How soon pages are painted in a browser, new to the app and again. */
  face: [join(root, 'scripts/bench/face.mjs')],
};

/** `npm run bench [-- <name> [its flags]]`: times what should be fast, beside what else there is; without a name all of it. */
export function bench([name, ...flags]) {
  if (name && !benches[name]) {
    throw new Error(`choose one of ${Object.keys(benches).join(', ')}`);
  }
  const names = name ? [name] : Object.keys(benches);
  return Math.max(
    ...names.map(chosen => tryTool('node', [...benches[chosen], ...flags])),
  );
}
