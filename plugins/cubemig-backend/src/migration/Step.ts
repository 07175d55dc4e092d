import { StepName } from '@cubemig/plugin-cubemig-common';
import { MigrationRun } from './MigrationRun';

/** One step of a migration. What it learns and makes is in the run's record before the next step starts. */
export interface Step {
  readonly name: StepName;
  /** @throws ProblemError, or any error, if the migration cannot go on */
  run(run: MigrationRun): Promise<void>;
  /**
   * Takes back what `run` did, as far as it came. Called newest step first after a failure; safe to call again. Objects that the step
   * made with `run.make` are removed by themselves afterwards.
   */
  undo?(run: MigrationRun): Promise<void>;
}
