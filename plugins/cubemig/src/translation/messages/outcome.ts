export const outcome = {
  moved: 'The pod moved to {{cluster}}',
  movedDetail:
    'carried on where its source was saved. The source was stopped last.',
  copied: 'A copy runs in {{cluster}}',
  copiedDetail: 'carried on where its source was saved. The source goes on.',
  restored: 'The checkpoint runs in {{cluster}}',
  restoredDetail: 'carried on where the checkpoint was taken.',
  kept: 'The checkpoint is kept',
  keptDetail:
    'It lies in the registry as evidence. The pod {{pod}} was not moved.',
  onNode: 'on node {{node}}',
  showPod: 'Show the pod',
  cancelled: 'This migration was cancelled',
  cancelledDetail:
    'What was made was taken back. {{pod}} goes on in {{cluster}}.',
  failed: 'The step “{{step}}” failed',
  sourceRuns: 'The source is still running:',
  sourceServes: '{{pod}} goes on serving on {{cluster}}.',
  beingRemoved: 'What was made on {{cluster}} is being removed.',
  wasRemoved: 'What was made on {{cluster}} was removed.',
  totalTime: 'Total time',
  frozen: 'Pod frozen',
  checkpoint: 'Checkpoint',
  sent: 'Sent to registry',
  startedBy: 'Started by',
  reason: 'Reason: {{reason}}',
} as const;
