import { MigrationRun } from '../MigrationRun';

/** How long a controller of the target may take for anything. */
export function patience(run: MigrationRun) {
  const { cutOverSeconds } = run.config.migration.timeouts;
  return {
    timeoutMs: cutOverSeconds * 1000,
    setting: 'cubemig.migration.timeouts.cutOverSeconds',
    signal: run.signal,
  };
}
