import { resolve } from 'node:path';

const REPOSITORY = resolve(__dirname, '../../../../../..');

/** The folder of the Debian root with CRIU: `CUBEMIG_CRIU_ROOT`, or one in the repository that git ignores. */
export function criuRoot(): string {
  return resolve(
    process.env.CUBEMIG_CRIU_ROOT ?? resolve(REPOSITORY, '.cubemig/criu-root'),
  );
}
