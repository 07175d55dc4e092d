import {
  Alert,
  AlertDetail,
  AlertSummary,
  Decision,
} from '@cubemig/plugin-cubemig-common';
import { secondsAgo } from './samples';

export function anAlert(overrides: Partial<Alert> = {}): Alert {
  return {
    id: 'a1',
    cluster: 'cluster1',
    rule: 'Redirect STDOUT/STDIN to Network Connection in Container',
    priority: 'Warning',
    source: 'syscall',
    kind: 'alert',
    status: 'open',
    tags: ['container', 'mitre_execution', 'T1059'],
    hostname: 'cluster1-node1',
    namespace: 'demo',
    pod: 'shop-5c8d9d7c4b-7k2lp',
    container: 'shop',
    image: 'registry:5000/shop',
    workload: { kind: 'Deployment', name: 'shop' },
    entityRef: 'component:default/shop',
    command: 'bash -i',
    output:
      'Redirect stdout/stdin to network connection (connection=10.0.0.7:40312->203.0.113.9:4444 process=bash)',
    occurrences: 3,
    firstAt: secondsAgo(900),
    lastAt: secondsAgo(60),
    receivedAt: secondsAgo(899),
    ...overrides,
  };
}

export function aDecision(overrides: Partial<Decision> = {}): Decision {
  return {
    id: 'd1',
    action: 'migrate',
    verdict: 'ask',
    status: 'awaiting-approval',
    alert: 'a1',
    rule: { id: 'r1', name: 'Move what is attacked', revision: 2 },
    mode: 'approve',
    reason: 'The rule matches, and its mode asks a person.',
    cluster: 'cluster1',
    falcoRule: 'Redirect STDOUT/STDIN to Network Connection in Container',
    namespace: 'demo',
    pod: 'shop-5c8d9d7c4b-7k2lp',
    workload: { kind: 'Deployment', name: 'shop' },
    targetCluster: 'cluster2',
    createdAt: secondsAgo(800),
    updatedAt: secondsAgo(800),
    expiresAt: secondsAgo(-1000),
    ...overrides,
  };
}

export function anAlertDetail(
  overrides: Partial<AlertDetail> = {},
): AlertDetail {
  return {
    ...anAlert(),
    latestOccurrences: [
      {
        id: 'o1',
        time: '2026-01-01T10:00:00.000000001Z',
        receivedAt: secondsAgo(60),
        hostname: 'cluster1-node1',
        output: anAlert().output,
        payload: '{"rule":"Redirect STDOUT/STDIN"}',
      },
    ],
    decisions: [aDecision()],
    lineage: [
      {
        migration: 'm9',
        mode: 'checkpoint',
        status: 'completed',
        sourceCluster: 'cluster1',
        namespace: 'demo',
        pod: 'shop-5c8d9d7c4b-7k2lp',
        createdAt: secondsAgo(700),
        finishedAt: secondsAgo(690),
        isResponse: true,
      },
    ],
    ...overrides,
  };
}

/** Counts of so many alerts over the last hours. */
export function aSummary(overrides: Partial<AlertSummary> = {}): AlertSummary {
  const hour = Math.floor(Date.now() / 3_600_000) * 3_600_000;
  return {
    alerts: 46,
    occurrences: 1270,
    open: 4,
    bucketSeconds: 3600,
    buckets: [5, 3, 2, 0].map((ago, index) => ({
      start: new Date(hour - ago * 3_600_000).toISOString(),
      counts: { Critical: index + 1, Warning: 5, Notice: 4 * index },
    })),
    priorities: { Critical: 10, Warning: 20, Notice: 16 },
    rules: [
      {
        value: 'Redirect STDOUT/STDIN to Network Connection in Container',
        alerts: 30,
        occurrences: 900,
      },
      { value: 'Read sensitive file untrusted', alerts: 16, occurrences: 370 },
    ],
    workloads: [
      {
        value: 'cluster1/demo/Deployment/shop',
        cluster: 'cluster1',
        namespace: 'demo',
        workload: { kind: 'Deployment', name: 'shop' },
        alerts: 40,
        occurrences: 1200,
      },
    ],
    clusters: [
      { value: 'cluster1', alerts: 40, occurrences: 1200 },
      { value: 'cluster2', alerts: 6, occurrences: 70 },
    ],
    ...overrides,
  };
}
