import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  clusterName,
  cubemigPodDeletePermission,
  namespaceName,
  objectName,
} from '@cubemig/plugin-cubemig-common';
import { z } from 'zod';
import { Clusters } from '../clusters';
import { MigrationService } from '../migration';
import { OrderDesk } from './OrderDesk';
import { parseInput } from './parseInput';
import { Call, Route, route } from './route';

/** A name such as `..` would lead to another object of the cluster's API. */
const podPathSchema = z.object({
  cluster: clusterName,
  namespace: namespaceName,
  pod: objectName,
});

const deletionSchema = z.strictObject({
  uid: z.string().min(1).max(64).optional(),
  entityRef: z.string().min(1).max(512).optional(),
});

/** What can be done with a pod, besides migrating it. */
export function createPodRoutes(options: {
  clusters: Clusters;
  desk: OrderDesk;
  migrations: MigrationService;
  /** Where nothing is ever deleted by hand. */
  protectedNamespaces: string[];
}): Route[] {
  const { clusters, desk, migrations, protectedNamespaces } = options;

  /** @throws ConflictError: a migration would see its pod vanish, or find another under its name */
  async function requireNoMigration(pod: {
    cluster: string;
    namespace: string;
    name: string;
  }) {
    const { items } = await migrations.list({
      cluster: pod.cluster,
      namespace: pod.namespace,
      pod: pod.name,
      status: ['queued', 'running', 'undoing'],
      limit: 1,
    });
    if (items.length > 0) {
      throw new ConflictError(
        `The pod '${pod.name}' is being migrated (migration ${items[0].id}); wait for that to end, or cancel it`,
      );
    }
  }

  /** @throws NotAllowedError, ConflictError, NotFoundError */
  async function deletePod({
    params,
    query: { uid, entityRef },
    caller,
    requireFor,
  }: Pick<
    Call<'', z.output<typeof deletionSchema>, unknown>,
    'query' | 'caller' | 'requireFor'
  > & { params: z.output<typeof podPathSchema> }) {
    const { pod: name, ...place } = parseInput(podPathSchema, params);
    const pod = { ...place, name };
    const found = await desk.admitPod(pod, entityRef, caller, requireFor);
    if (protectedNamespaces.includes(pod.namespace)) {
      throw new NotAllowedError(
        `The namespace '${pod.namespace}' is protected: cubemig.migration.protectedNamespaces in app-config lists those that are`,
      );
    }
    await requireNoMigration(pod);
    const seen = found?.metadata?.uid;
    const isMeant = seen !== undefined && (uid ?? seen) === seen;
    const client = await clusters.getClient(pod.cluster);
    const isDeleted =
      isMeant &&
      (await client.delete(
        'Pod',
        { namespace: pod.namespace, name: pod.name },
        // Only the pod that was looked at, and no other that takes its name meanwhile.
        { uid: seen },
      ));
    if (!isDeleted) {
      throw new NotFoundError(
        `There is no such pod '${pod.name}' in the namespace '${pod.namespace}' of '${pod.cluster}' (any more); reload the list of pods`,
      );
    }
  }

  const spec = {
    description:
      'With uid, only the pod that has it, and not another that has taken its name. What owns the pod may start a new one.',
    permission: cubemigPodDeletePermission,
    query: deletionSchema,
    audit: { eventId: 'pod-delete', severityLevel: 'high' as const },
  };
  return [
    route(
      'DELETE /clusters/:cluster/namespaces/:namespace/pods/:pod',
      { ...spec, summary: 'Delete a pod' },
      deletePod,
    ),
    route(
      'DELETE /k8s/pods/:cluster/:namespace/:pod',
      {
        ...spec,
        summary: "The original's way to delete a pod",
        answer: z.object({ message: z.string() }),
      },
      async call => {
        await deletePod(call);
        const { pod, cluster } = call.params;
        return {
          message: `Pod '${pod}' deleted successfully in cluster '${cluster}'`,
        };
      },
    ),
  ];
}
