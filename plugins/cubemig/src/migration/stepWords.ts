import { Migration, PhaseName, StepName } from '@cubemig/plugin-cubemig-common';

/** A step's name as people see it. */
export const stepTitles: Record<StepName, string> = {
  preflight: 'Preflight',
  'pre-pull': 'Pre-pull',
  checkpoint: 'Checkpoint',
  restore: 'Restore',
  validate: 'Validate',
  'cut-over': 'Cut over',
  'clean-up': 'Clean up',
};

/** What a step does, in one line. */
export function describeStep(step: StepName, migration: Migration): string {
  const source = migration.source.cluster;
  const target = migration.target?.cluster ?? source;
  switch (step) {
    case 'preflight':
      return 'Pod, node and both clusters are checked before anything is touched';
    case 'pre-pull':
      return `The base image is pulled to a node of ${target}`;
    case 'checkpoint':
      return `Memory and open files are saved on ${source} and carried to the registry`;
    case 'restore':
      return `The pod is created on ${target} from its checkpoint`;
    case 'validate':
      return 'The restored pod has to be ready and stay running';
    case 'cut-over':
      return `Traffic moves to ${target}, then the source is stopped`;
    case 'clean-up':
      return 'What only the migration needed is removed';
    default:
      return '';
  }
}

/** A phase of the courier as people see it. */
export const phaseTitles: Record<PhaseName, string> = {
  checkpoint: 'Write checkpoint',
  image: 'Make image',
  push: 'Push to registry',
};
