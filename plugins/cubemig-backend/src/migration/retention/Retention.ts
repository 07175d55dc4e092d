import { LoggerService } from '@backstage/backend-plugin-api';
import { RegistryClient } from '@cubemig/oci';
import { LABEL_MIGRATION, Migration } from '@cubemig/plugin-cubemig-common';
import { ClusterClient, Clusters, Kind } from '../../clusters';
import { CubemigConfig } from '../../config';
import { MigrationStore, RetentionStore } from '../store';
import { chooseDiscarded, KeptImages } from './chooseDiscarded';
import { findOrphans } from './findOrphans';
import { removeImages } from './removeImages';
import { sweepNode } from './sweepNode';

const SWEEPS_A_ROUND = 4;
/** No courier, nor a kubelet that it has asked, is at work for so much longer than the courier's own timeout. */
const COURIER_ENDS_S = 300;
/** A node that cannot be swept for so long is left to whoever keeps it. */
const SWEPT_WITHIN_MS = 7 * 24 * 3_600_000;

/** Removes what has been kept long enough, and what should not be there at all. One backend at a time does it, now and then. */
export class Retention {
  constructor(
    private readonly options: {
      store: MigrationStore;
      retention: RetentionStore;
      clusters: Clusters;
      registry: Pick<RegistryClient, 'resolveTag' | 'deleteManifest'>;
      config: CubemigConfig;
      logger: LoggerService;
    },
  ) {}

  /** Does all of it once. What cannot be done now is told in the log and tried again the next time. */
  async run(now = Date.now()) {
    await this.attempt('Choosing images to remove', () => this.giveUp(now));
    await this.attempt('Removing images', () => this.removeGivenUp());
    await this.attempt('Removing what migrations left behind', () =>
      this.removeLeft(),
    );
    for (const { name, problem } of await this.options.clusters.list()) {
      if (problem) continue;
      await this.attempt(`Removing orphans from ${name}`, () =>
        this.removeOrphans(name, now),
      );
    }
    await this.attempt('Looking for nodes to sweep', () => this.sweep(now));
  }

  private async giveUp(now: number) {
    const { config, retention } = this.options;
    const inUse = await retention.listInUse();
    const kept = (await retention.listKept()).map(migration =>
      describe(migration, inUse),
    );
    for (const [id, reason] of chooseDiscarded(kept, config.retention, now)) {
      await retention.giveUpImages(id, reason);
    }
  }

  private async removeGivenUp() {
    const { config, logger, registry, retention } = this.options;
    for (const ended of await retention.listLeaving()) {
      const { id } = ended.migration;
      const count = await removeImages(registry, config.registry.prefix, ended);
      await retention.markImagesGone(id);
      if (count > 0) {
        logger.info(`Removed ${count} images of the migration ${id}`);
      }
    }
  }

  private async removeLeft() {
    const { clusters, retention } = this.options;
    for (const left of await retention.listLeftObjects()) {
      const client = await clusters.getClient(left.cluster);
      const found = await client.get(left.kind, left);
      const { uid, labels } = found?.metadata ?? {};
      const isOwn =
        labels?.[LABEL_MIGRATION] === left.migration &&
        (left.uid === undefined || left.uid === uid);
      if (isOwn) await this.remove(client, left.kind, found!.metadata!);
      await retention.markRemoved(left);
    }
  }

  private async removeOrphans(cluster: string, now: number) {
    const { clusters, config } = this.options;
    const client = await clusters.getClient(cluster);
    const labelSelector = LABEL_MIGRATION;
    const { namespace } = config.courier;
    const jobs = await client.list('Job', { namespace, labelSelector });
    for (const job of findOrphans(jobs, await this.read(jobs), now)) {
      await this.remove(client, 'Job', job.metadata!);
    }
    for (const granted of config.namespaces) {
      const selection = { namespace: granted, labelSelector };
      const pods = await client.list('Pod', selection);
      for (const pod of findOrphans(pods, await this.read(pods), now)) {
        await this.remove(client, 'Pod', pod.metadata!);
      }
    }
  }

  /** Only nodes on which a courier may have died, and no more than a few: their turn comes again. */
  private async sweep(now: number) {
    const { clusters, config, logger, retention } = this.options;
    const olderThanSeconds = config.courier.timeoutSeconds + COURIER_ENDS_S;
    const left = await retention.listCouriersOut([
      new Date(now - SWEPT_WITHIN_MS).toISOString(),
      new Date(now - olderThanSeconds * 1000).toISOString(),
    ]);
    for (const migrations of groupByNode(left).slice(0, SWEEPS_A_ROUND)) {
      const [{ id, source }] = migrations;
      const { cluster, node } = source;
      await this.attempt(`Sweeping ${node} of ${cluster}`, async () => {
        const client = await clusters.getClient(cluster);
        const task = { migration: id, olderThanSeconds };
        const count = await sweepNode(client, config.courier, node!, task);
        await retention.markSwept(migrations);
        logger.info(`Swept ${node} of ${cluster}: removed ${count} archives`);
      });
    }
  }

  /** The migrations that objects say they belong to. */
  private async read(
    objects: { metadata?: { labels?: Record<string, string> } }[],
  ): Promise<Map<string, Migration>> {
    const ids = new Set(
      objects.map(({ metadata }) => metadata?.labels?.[LABEL_MIGRATION] ?? ''),
    );
    const found = await Promise.all(
      [...ids].map(id => this.options.store.get(id)),
    );
    return new Map(
      found.flatMap(migration =>
        migration ? [[migration.id, migration]] : [],
      ),
    );
  }

  private async remove(
    client: ClusterClient,
    kind: Kind,
    { namespace, name = '', uid }: KeyedMetadata,
  ) {
    await client.delete(
      kind,
      { namespace, name },
      { uid, propagationPolicy: 'Background' },
    );
    this.options.logger.info(
      `Removed the ${kind} ${namespace}/${name} that a migration had left on ${client.cluster}`,
    );
  }

  private async attempt(what: string, act: () => Promise<void>) {
    await act().catch(error => {
      this.options.logger.warn(`${what} failed: ${error}`);
    });
  }
}

interface KeyedMetadata {
  namespace?: string;
  name?: string;
  uid?: string;
}

function describe(migration: Migration, inUse: Set<string>): KeptImages {
  const { id, mode, source, order, trigger, checkpoints } = migration;
  return {
    id,
    workload: [
      source.cluster,
      source.namespace,
      source.owner?.name ?? source.pod,
    ].join('/'),
    hasCompleted: migration.status === 'completed',
    isEvidence:
      mode === 'checkpoint' ||
      order.contain !== 'none' ||
      trigger.kind === 'rule',
    isProtected: migration.heldBy !== undefined || inUse.has(id),
    finishedAt: migration.finishedAt ?? migration.createdAt,
    bytes: checkpoints.reduce((total, { layerBytes }) => total + layerBytes, 0),
  };
}

function groupByNode(migrations: Migration[]): Migration[][] {
  const groups = new Map<string, Migration[]>();
  for (const migration of migrations) {
    const { cluster, node } = migration.source;
    if (node) {
      const key = `${cluster}/${node}`;
      groups.set(key, [...(groups.get(key) ?? []), migration]);
    }
  }
  return [...groups.values()];
}
