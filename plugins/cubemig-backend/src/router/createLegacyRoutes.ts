import {
  clusterName,
  cubemigClusterReadPermission,
  cubemigMigrationCreatePermission,
  cubemigMigrationReadPermission,
  Migration,
  migrationRequestSchema,
  namespaceName,
  objectName,
  Pod,
} from '@cubemig/plugin-cubemig-common';
import { z } from 'zod';
import { MigrationService } from '../migration';
import { PodReader } from '../pods';
import { OrderDesk } from './OrderDesk';
import { parseInput } from './parseInput';
import { Route, route } from './route';

const requestSchema = z.object({
  sourceCluster: clusterName,
  targetCluster: clusterName,
  namespace: namespaceName.default('default'),
  podName: objectName,
  /** The original named its log folder after it; here the pod's workload is known. */
  appName: z.string().max(253).optional(),
  forensicAnalysis: z.boolean().default(false),
  AISuggestion: z.boolean().default(false),
});

const podListSchema = z.object({
  pods: z.array(
    z.object({
      podName: z.string(),
      appName: z.string(),
      status: z.string(),
      age: z.string(),
      reason: z.string().optional(),
      namespace: z.string(),
    }),
  ),
});

/** The original CubeMig's endpoints, for scripts that know them. */
export function createLegacyRoutes(options: {
  desk: OrderDesk;
  migrations: MigrationService;
  pods: PodReader;
}): Route[] {
  const { desk, migrations, pods } = options;

  return [
    route(
      'POST /migrate',
      {
        summary: "The original's way to start a migration",
        description: 'POST /migrations can do more.',
        permission: cubemigMigrationCreatePermission,
        body: requestSchema,
        answer: z.object({ message: z.string(), migration: z.string() }),
        status: 202,
        audit: { eventId: 'migration-start', severityLevel: 'medium' },
      },
      async ({ body, caller, audited, requireFor }) => {
        const { podName, appName, AISuggestion, ...rest } = body;
        const order = parseInput(migrationRequestSchema, {
          ...rest,
          pod: podName,
          aiAssessment: AISuggestion,
        });
        const context = await desk.admit(order, caller, requireFor);
        const { id } = await migrations.start(order, context);
        audited.migration = id;
        return { message: 'Migration task has been started', migration: id };
      },
    ),
    route(
      'GET /migration-status/:pod',
      {
        summary: "The original's view of a pod's newest migration",
        permission: cubemigMigrationReadPermission,
        answer: z.object({
          status: z.enum(['not_found', 'running', 'completed', 'error']),
          migration: z.string().optional(),
          message: z.string().optional(),
          result: z.string().optional(),
          error: z.string().optional(),
        }),
      },
      async ({ params: { pod } }) => {
        const { items } = await migrations.list({ pod, limit: 1 });
        return items.length > 0
          ? toStatus(items[0])
          : {
              status: 'not_found' as const,
              message: `No migration of a pod '${pod}' is known`,
            };
      },
    ),
    route(
      'GET /k8s/pods/:cluster',
      {
        summary: "The original's list of a cluster's pods",
        permission: cubemigClusterReadPermission,
        answer: podListSchema,
      },
      async ({ params: { cluster } }) => {
        const namespaces = await pods.listNamespaces(cluster);
        const found = await Promise.all(
          namespaces.map(({ name }) => pods.listPods(cluster, name)),
        );
        return { pods: found.flat().map(toPod) };
      },
    ),
    route(
      'GET /k8s/pods/:cluster/:namespace',
      {
        summary: "The original's list of a namespace's pods",
        permission: cubemigClusterReadPermission,
        answer: podListSchema,
      },
      async ({ params: { cluster, namespace } }) => ({
        pods: (await pods.listPods(cluster, namespace)).map(toPod),
      }),
    ),
  ];
}

function toStatus({ id, status, source, target, failure }: Migration) {
  switch (status) {
    case 'completed':
      return {
        status: 'completed' as const,
        migration: id,
        result: target
          ? `${target.pod} runs on ${target.cluster}`
          : `A checkpoint of ${source.pod} was taken`,
      };
    case 'failed':
    case 'cancelled':
      return {
        status: 'error' as const,
        migration: id,
        error: failure
          ? `${failure.message} ${failure.remedy}`
          : 'The migration was cancelled',
      };
    default:
      return {
        status: 'running' as const,
        migration: id,
        message: `The migration is ${status}`,
      };
  }
}

function toPod({ name, owner, status, ready, createdAt, namespace }: Pod) {
  return {
    podName: name,
    appName: owner?.name ?? name,
    status,
    age: ageOf(createdAt),
    reason: ready || status === 'Running' ? undefined : status,
    namespace,
  };
}

/** As the original says it: two units at most, nothing below a minute. */
function ageOf(createdAt: string) {
  const minutes = Math.floor((Date.now() - Date.parse(createdAt)) / 60_000);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 0) return hours % 24 > 0 ? `${days}d${hours % 24}h` : `${days}d`;
  return hours > 0 ? `${hours}h${minutes % 60}m` : `${minutes}m`;
}
