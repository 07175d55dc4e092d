import { AssessmentAnswer } from '@cubemig/plugin-cubemig-common';

/** As a model might answer about the attacked shop. */
export const answer: AssessmentAnswer = {
  verdict: 'compromised',
  confidence: 0.9,
  issues: [
    {
      title: 'A reverse shell is open',
      severity: 'critical',
      explanation: 'nc connects a shell to 127.0.0.1:4444.',
      evidence: [
        { kind: 'finding', value: 'shell-with-socket' },
        { kind: 'file', value: '/etc/passwd' },
        { kind: 'file', value: '/opt/invented' },
        { kind: 'process', value: '99999 nc' },
      ],
    },
  ],
  correctiveActions: [
    {
      title: 'Isolate the pod',
      explanation: 'Apply a NetworkPolicy that denies everything.',
      priority: 'immediate',
    },
  ],
  threats: [{ title: 'Persistence', explanation: 'A user was added.' }],
  hypothesis: { text: 'Someone broke in through the shop.', evidence: [] },
  mitre: [{ id: 'T1059.004', name: 'Unix Shell' }],
};
