import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The checkpoint archives that the nodes of a lab keep, as paths below its folder; without walking it, for its folders come and go. */
export function keptArchives(stateDir) {
  return readdirSync(join(stateDir, 'run')).flatMap(node => {
    const folder = join(
      ...['run', node, 'kubelet', 'root'],
      ...['var', 'lib', 'kubelet', 'checkpoints'],
    );
    if (!existsSync(join(stateDir, folder))) return [];
    return readdirSync(join(stateDir, folder))
      .filter(name => name.endsWith('.tar'))
      .map(name => join(folder, name));
  });
}
