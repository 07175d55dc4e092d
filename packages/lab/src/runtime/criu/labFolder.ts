import { dirname } from 'node:path';

/** The folder of this package, wherever its code was compiled to. */
export const labFolder = dirname(require.resolve('@cubemig/lab/package.json'));
