import { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  KUBERNETES_ID,
  LABEL_MIGRATION,
  Owner,
} from '@cubemig/plugin-cubemig-common';
import { Clusters, KubePod } from '../../clusters';
import { ProblemError } from '../../failures';
import { EntityFinder, resolveOwner } from '../../pods';
import { AlertRecord, Resolution, ResolveOutcome } from '../store';
import { findCause } from './findCause';
import { findContainer, PodDirectory } from './PodDirectory';
import { lineageOf, MigrationHistory, traceLineage } from './traceLineage';

/** A new container may be known to Falco before the API server tells of it. */
const RETRIES_MS = [500, 2_000, 5_000];
/** A cluster that does not answer may do so a little later. */
const RETRIES_AFTER_ERROR_MS = [2_000, 5_000, 15_000, 30_000];

/** Finds out whose pod an alert is about. */
export class AlertResolver {
  private readonly pods: PodDirectory;

  constructor(
    private readonly options: {
      clusters: Clusters;
      entities: Pick<EntityFinder, 'find'>;
      grantedNamespaces: string[];
      logger: LoggerService;
      migrations: MigrationHistory;
    },
  ) {
    const { clusters, grantedNamespaces } = options;
    this.pods = new PodDirectory(clusters, grantedNamespaces);
  }

  async resolve(alert: AlertRecord): Promise<ResolveOutcome> {
    const { id, attempts, namespace } = alert;
    const { grantedNamespaces } = this.options;
    if (namespace && !grantedNamespaces.includes(namespace)) return { id };
    try {
      const causedBy = await findCause(this.options.migrations, alert);
      if (causedBy) return { id, causedBy };
      // A host has no pod.
      if (!alert.containerId && !alert.pod) return { id };
      const pod = await this.pods.find(alert);
      if (pod) return { id, found: await this.describe(pod, alert) };
      return { id, retryAfterMs: RETRIES_MS[attempts] };
    } catch (error) {
      // Not known, or not configured for background work: that will not pass.
      if (error instanceof NotFoundError || error instanceof ProblemError) {
        return { id };
      }
      this.options.logger.warn(
        `Cannot find the pod of alert ${id} on '${alert.cluster}': ${error}`,
      );
      return { id, retryAfterMs: RETRIES_AFTER_ERROR_MS[attempts] };
    }
  }

  private async describe(
    pod: KubePod,
    { cluster, containerId }: AlertRecord,
  ): Promise<Resolution> {
    const { name = '', namespace = '', uid = '', labels = {} } = pod.metadata!;
    const workload = await this.findWorkload(pod, cluster);
    const kubernetesId = labels[KUBERNETES_ID];
    return {
      namespace,
      pod: name,
      podUid: uid,
      podLabels: labels,
      container: containerId && findContainer(pod, containerId),
      workload,
      kubernetesId,
      entityRef:
        kubernetesId && (await this.options.entities.find(kubernetesId)),
      lineage:
        (await this.findOrigin(labels[LABEL_MIGRATION])) ??
        lineageOf(cluster, namespace, workload),
    };
  }

  /** A bare pod is its own workload. */
  private async findWorkload(pod: KubePod, cluster: string): Promise<Owner> {
    const { name = '', namespace = '', ownerReferences } = pod.metadata!;
    const owner = ownerReferences?.find(({ controller }) => controller);
    if (!owner) return { kind: 'Pod', name };
    if (owner.kind !== 'ReplicaSet') {
      return { kind: owner.kind, name: owner.name };
    }
    const client = await this.options.clusters.getClient(cluster);
    const replicaSet = await client.get('ReplicaSet', {
      namespace,
      name: owner.name,
    });
    return resolveOwner(pod, replicaSet ? [replicaSet] : [])!;
  }

  /** The workload from which the first of a pod's migrations started. */
  private async findOrigin(migration: string | undefined) {
    if (!migration) return undefined;
    const lineage = await traceLineage(this.options.migrations, migration);
    const first = lineage.at(-1)?.source;
    return (
      first &&
      lineageOf(
        first.cluster,
        first.namespace,
        first.owner ?? { kind: 'Pod', name: first.pod },
      )
    );
  }
}
