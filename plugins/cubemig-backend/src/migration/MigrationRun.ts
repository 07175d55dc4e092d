import { RegistryClient } from '@cubemig/oci';
import {
  LABEL_MIGRATION,
  Migration,
  StepName,
  TimelineEvent,
} from '@cubemig/plugin-cubemig-common';
import { ClusterClient, Clusters, isRefusal, Kind, Kinds } from '../clusters';
import { CubemigConfig } from '../config';
import { ProblemError } from '../failures';
import {
  Lease,
  LeasedMigration,
  MadeObject,
  MigrationFacts,
  MigrationStore,
} from './store';

/** What all runs share. */
export interface MigrationTools {
  store: MigrationStore;
  clusters: Clusters;
  registry: Pick<RegistryClient, 'host' | 'resolveTag' | 'downloadBlob'>;
  config: CubemigConfig;
}

/** One migration while it is being run: what steps see of the world, and where they write down what they did. */
export class MigrationRun {
  migration: Migration;
  facts: MigrationFacts;
  private readonly lease: Lease;
  private step: StepName | undefined;

  constructor(
    leased: LeasedMigration,
    private readonly tools: MigrationTools,
    /** Aborts when the backend stops or the lease is lost: then nothing may be changed any more. */
    readonly signal: AbortSignal,
  ) {
    this.migration = leased.migration;
    this.facts = leased.facts;
    this.lease = leased.lease;
  }

  get config() {
    return this.tools.config;
  }

  get registry() {
    return this.tools.registry;
  }

  async source(): Promise<ClusterClient> {
    return this.tools.clusters.getClient(this.migration.source.cluster);
  }

  async target(): Promise<ClusterClient> {
    return this.tools.clusters.getClient(this.destination.cluster);
  }

  /** Where the pod goes; only steps that restore something ask for it. */
  get destination(): NonNullable<Migration['target']> {
    const { id, target } = this.migration;
    if (!target) throw new Error(`The migration ${id} restores nothing`);
    return target;
  }

  /** Events that follow belong to this step. */
  enter(step: StepName | undefined) {
    this.step = step;
  }

  /** Changes the record and stores it. */
  async save(change: Partial<Migration>, facts: Partial<MigrationFacts> = {}) {
    this.migration = { ...this.migration, ...change };
    this.facts = { ...this.facts, ...facts };
    await this.tools.store.save(this.lease, this.migration, this.facts);
  }

  /** Adds a line to the timeline. */
  async note(message: string, level: TimelineEvent['level'] = 'info') {
    await this.tools.store.addEvent(this.lease, {
      time: new Date().toISOString(),
      step: this.step,
      level,
      message,
    });
  }

  /** Tells the user something that does not stop the migration. */
  async warn(message: string) {
    await this.note(message, 'warning');
    await this.save({ warnings: [...this.migration.warnings, message] });
  }

  /**
   * Makes an object in a cluster, noted down before, so that a crash in between cannot make anybody forget it. If this
   * migration made it already, that one is answered.
   *
   * @throws ProblemError if the name is taken by something else
   */
  async make<K extends Kind>(
    client: ClusterClient,
    kind: K,
    object: Kinds[K],
  ): Promise<Kinds[K]> {
    const { namespace = '', name = '' } = object.metadata ?? {};
    await this.tools.store.addObject(this.lease, {
      step: this.step!,
      cluster: client.cluster,
      kind,
      namespace,
      name,
    });
    try {
      return await client.create(kind, object);
    } catch (error) {
      if (!isRefusal(error, 'AlreadyExists')) throw error;
      const existing = await client.get(kind, { namespace, name });
      if (existing && this.isOwn(existing)) return existing;
      throw new ProblemError({
        code: 'name-taken',
        message: `The cluster '${client.cluster}' has a ${kind} '${name}' in '${namespace}' already.`,
        remedy: `Remove or rename it, then migrate again.`,
      });
    }
  }

  /** Removes what the steps made, newest first. With `step`, only what that step made. */
  async removeMade(step?: StepName) {
    const made = await this.tools.store.listObjects(this.migration.id);
    for (const object of made) {
      if (!step || object.step === step) await this.remove(object);
    }
  }

  /** Deletes an object only if it carries this migration's label, and only that very one. */
  private async remove(made: MadeObject) {
    const client = await this.tools.clusters.getClient(made.cluster);
    const object = await client.get(made.kind, made);
    if (object && this.isOwn(object)) {
      await client.delete(made.kind, made, {
        uid: object.metadata!.uid,
        propagationPolicy: 'Background',
      });
      await this.note(
        `Removed the ${made.kind} ${made.namespace}/${made.name} from ${made.cluster}`,
      );
    }
    await this.tools.store.markRemoved(this.lease, made);
  }

  private isOwn(object: Kinds[Kind]) {
    return object.metadata?.labels?.[LABEL_MIGRATION] === this.migration.id;
  }
}
