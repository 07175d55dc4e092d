export const tab = {
  pods: 'Pods',
  podsByCluster: 'Pods by cluster',
  podsProblem: 'The pods could not be read',
  noClusters: 'No clusters',
  noClustersDetail: 'Backstage’s Kubernetes config names no cluster.',
  noClustersRemedy:
    'Add at least two clusters to kubernetes.clusterLocatorMethods in the app’s config.',
  noPods: 'This entity has no pods',
  noPodsLabel: 'A pod belongs to it by the label',
  noPodsRemedy:
    'Put this label into the pod template of the workload and apply it.',
  history: 'History',
  historyProblem: 'The history could not be read',
  historyEmpty: 'No migrations yet',
  historyEmptyDetail:
    'When a pod of this entity is migrated, its steps, figures and log are kept here.',
  timeline: 'Timeline',
  timelineProblem: 'The timeline could not be read',
  timelineEmpty: 'Nothing has happened yet.',
  error: 'Error:',
  warning: 'Warning:',
  stale: 'Not updated for {{age}}',
  staleDetail:
    'The last attempt to update this failed; it is tried again by itself.',
  whatToDo: 'What to do:',
} as const;
