import { ClusterPods, Migration } from '@cubemig/plugin-cubemig-common';
import {
  aCompletedMigration,
  aFailedMigration,
  aPod,
  cluster1,
  cluster2,
  podsOf,
  secondsAgo,
  unreachableCluster,
} from '../src/__testUtils__';

/** A state of the world for the tab to show. */
export interface Scenario {
  title: string;
  pods: ClusterPods[];
  migrations: Migration[];
  /** What happens to migrations that are started here. */
  ends: 'completed' | 'failed' | 'refused';
  /** What the API does instead of answering. */
  api?: 'failing' | 'silent';
  isAnnotated?: boolean;
}

const longName =
  'payments-reconciliation-worker-canary-europe-west-6f7c9d8b5c-q9zxk-restored-0123456789abcdef';

const counter = aPod();
const olderMigrations = Array.from({ length: 24 }, (_, i) =>
  i % 5 === 3
    ? aFailedMigration({
        id: `old-${i}`,
        createdAt: secondsAgo(3600 * (i + 1)),
      })
    : aCompletedMigration(
        { id: `old-${i}`, reason: i % 2 ? 'node maintenance' : undefined },
        { seconds: 3 + i, ago: 3600 * (i + 1) },
      ),
);

export const scenarios: Record<string, Scenario> = {
  counter: {
    title: 'A pod to migrate',
    pods: [podsOf(cluster1, counter), podsOf(cluster2)],
    migrations: [],
    ends: 'completed',
  },
  failing: {
    title: 'Migrations fail',
    pods: [podsOf(cluster1, counter), podsOf(cluster2)],
    migrations: [],
    ends: 'failed',
  },
  refused: {
    title: 'Migrations are refused',
    pods: [podsOf(cluster1, counter), podsOf(cluster2)],
    migrations: [],
    ends: 'refused',
  },
  many: {
    title: 'Long names, obstacles, history',
    pods: [
      podsOf(
        { ...cluster1, title: 'Production Frankfurt' },
        aPod({
          name: longName,
          restarts: 1312,
          node: 'ip-10-12-240-17.eu-central-1.compute.internal',
        }),
        aPod({
          name: 'cache-0',
          owner: { kind: 'StatefulSet', name: 'cache' },
          status: 'CrashLoopBackOff',
          ready: false,
          restarts: 7,
          obstacle: {
            code: 'not-running',
            message: 'The container "redis" is not running.',
            remedy: 'Wait until the pod is Running, or look at its log.',
          },
        }),
        aPod({
          name: 'worker-5d5f',
          status: 'ContainerCreating',
          ready: false,
          createdAt: secondsAgo(4),
          node: undefined,
          obstacle: {
            code: 'not-running',
            message: 'The pod is starting.',
            remedy: 'Wait until it is Running.',
          },
        }),
        aPod({
          name: 'debug',
          owner: undefined,
          status: 'Terminating',
          ready: false,
          obstacle: {
            code: 'terminating',
            message: 'The pod is being deleted.',
            remedy: 'Migrate its successor.',
          },
        }),
        aPod({
          name: 'seed-job-x',
          owner: { kind: 'Job', name: 'seed' },
          status: 'Completed',
          ready: false,
          createdAt: secondsAgo(86400 * 41),
          obstacle: {
            code: 'finished',
            message: 'The pod has finished.',
            remedy: 'There is nothing to migrate.',
          },
        }),
      ),
      podsOf(
        cluster2,
        aPod({
          cluster: 'cluster2',
          node: 'cluster2-node1',
          name: 'counter-7d9f8b6c5d-x2x9p-m1',
          createdAt: secondsAgo(95),
          restoredBy: { migration: 'old-0', sourceCluster: 'cluster1' },
        }),
      ),
      podsOf(unreachableCluster),
    ],
    migrations: olderMigrations,
    ends: 'completed',
  },
  empty: {
    title: 'No pods at all',
    pods: [podsOf(cluster1), podsOf(cluster2)],
    migrations: [],
    ends: 'completed',
  },
  alone: {
    title: 'No cluster to go to',
    pods: [podsOf(cluster1, counter), podsOf(unreachableCluster)],
    migrations: [],
    ends: 'completed',
  },
  denied: {
    title: 'Not permitted',
    pods: [podsOf(cluster1, counter), podsOf(cluster2)],
    migrations: [],
    ends: 'completed',
  },
  broken: {
    title: 'API fails',
    pods: [],
    migrations: [],
    ends: 'completed',
    api: 'failing',
  },
  silent: {
    title: 'API does not answer',
    pods: [],
    migrations: [],
    ends: 'completed',
    api: 'silent',
  },
  unannotated: {
    title: 'No annotation',
    pods: [],
    migrations: [],
    ends: 'completed',
    isAnnotated: false,
  },
};
