import {
  MigrationMode,
  StepName,
  stepNames,
} from '@cubemig/plugin-cubemig-common';

/** The steps that migrations of a mode have, in their order. */
export const stepsOfMode: Record<MigrationMode, readonly StepName[]> = {
  move: stepNames,
  copy: stepNames.filter(name => name !== 'cut-over'),
  checkpoint: ['preflight', 'checkpoint', 'clean-up'],
  restore: ['preflight', 'pre-pull', 'restore', 'validate', 'clean-up'],
};
