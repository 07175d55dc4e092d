import { Detector, detectionOf } from '../Detector';

export const privilegedContainer: Detector = {
  id: 'privileged-container',
  title: 'The container is privileged',
  technique: { id: 'T1611', name: 'Escape to Host' },
  explanation:
    'The container has all capabilities and nothing of /proc and /sys is hidden from it: its root is root of the node.',
  remedy:
    'Run it without privileged: true; give it the single capability that it needs.',
  detect: ({ report }) =>
    detectionOf(
      'high',
      report.security.privileged
        ? [
            {
              detail: `${report.security.capabilities.length} capabilities, no masked paths`,
            },
          ]
        : [],
    ),
};
