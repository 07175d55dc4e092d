import { resolve } from 'node:path';
import { labFolder } from '../labFolder';

/** The folder of the Debian root with CRIU: `CUBEMIG_CRIU_ROOT`, or one in the repository that git ignores. */
export function criuRoot(): string {
  const { CUBEMIG_CRIU_ROOT } = process.env;
  return CUBEMIG_CRIU_ROOT
    ? resolve(CUBEMIG_CRIU_ROOT)
    : resolve(labFolder, '../../.cubemig/criu-root');
}
