export const steps = {
  titles: {
    preflight: 'Preflight',
    'pre-pull': 'Pre-pull',
    checkpoint: 'Checkpoint',
    restore: 'Restore',
    validate: 'Validate',
    'cut-over': 'Cut over',
    'clean-up': 'Clean up',
  },
  details: {
    preflight:
      'Pod, node and both clusters are checked before anything is touched',
    'pre-pull': 'The base image is pulled to a node of {{target}}',
    checkpoint:
      'Memory and open files are saved on {{source}} and carried to the registry',
    restore: 'The pod is created on {{target}} from its checkpoint',
    validate: 'The restored pod has to be ready and stay running',
    'cut-over': 'Traffic moves to {{target}}, then the source is stopped',
    'clean-up': 'What only the migration needed is removed',
  },
  phases: {
    checkpoint: 'Write checkpoint',
    image: 'Make image',
    push: 'Push to registry',
  },
  undone: 'undone',
  skipped: 'not reached',
  failedPhase: '{{phase}} failed',
  container: 'Container {{name}}',
  current: 'Step {{number}} of {{total}}: {{title}}',
} as const;
