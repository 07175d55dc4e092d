import { RegistryClient } from '@cubemig/oci';
import {
  LABEL_MIGRATION,
  Migration,
  StepName,
  TimelineEvent,
} from '@cubemig/plugin-cubemig-common';
import {
  ClusterClient,
  Clusters,
  isRefusal,
  Kind,
  Kinds,
  ObjectKey,
  waitFor,
} from '../clusters';
import { CubemigConfig } from '../config';
import { ProblemError } from '../failures';
import { MadeObjectGoneError } from './MadeObjectGoneError';
import { SteadyClusters } from './SteadyClusters';
import {
  CancelledError,
  Lease,
  LeasedMigration,
  MadeObject,
  MigrationFacts,
  MigrationStore,
} from './store';

/** How long an object of an earlier run of a step may take to go. */
const REMOVAL_MS = 120_000;

/** What all runs share. */
export interface MigrationTools {
  store: MigrationStore;
  clusters: Clusters;
  registry: Pick<RegistryClient, 'host' | 'resolveTag' | 'downloadBlob'>;
  config: CubemigConfig;
}

/** What can end a run before its time. */
export interface RunSignals {
  /** Aborts when the backend stops or the lease is lost: then nothing may be changed any more. */
  stop: AbortSignal;
  /** Aborts when somebody asks to cancel, with a `CancelledError`: then what was made is taken back. */
  cancel: AbortSignal;
  /** Throws as soon as the lease may have lapsed. */
  assertHeld: () => void;
}

/** One migration while it is being run: what steps see of the world, and where they write down what they did. */
export class MigrationRun {
  migration: Migration;
  facts: MigrationFacts;
  /** Aborts when what is under way must end: a wait, a request. */
  signal: AbortSignal;
  readonly clusters: SteadyClusters;
  private readonly lease: Lease;
  private step: StepName | undefined;

  constructor(
    leased: LeasedMigration,
    private readonly tools: MigrationTools,
    private readonly signals: RunSignals,
  ) {
    this.migration = leased.migration;
    this.facts = leased.facts;
    this.lease = leased.lease;
    this.signal = AbortSignal.any([signals.stop, signals.cancel]);
    this.clusters = new SteadyClusters(tools.clusters, {
      outageSeconds: tools.config.migration.timeouts.outageSeconds,
      assertHeld: signals.assertHeld,
      signal: () => this.signal,
      onOutage: (cluster, error) =>
        this.note(
          `The API server of ${cluster} gives no answer; asking again: ${
            (error as Error).message
          }`,
          'warning',
        ),
    });
  }

  get config() {
    return this.tools.config;
  }

  get registry() {
    return this.tools.registry;
  }

  async source(): Promise<ClusterClient> {
    return this.clusters.getClient(this.migration.source.cluster);
  }

  async target(): Promise<ClusterClient> {
    return this.clusters.getClient(this.destination.cluster);
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

  /** From now on only what stops the backend ends what is under way: a cancellation has been heard. */
  turnBack() {
    this.signal = this.signals.stop;
  }

  /** Who has asked to cancel, though the signal has not told of it yet. */
  async findCancellation(): Promise<string | undefined> {
    return (await this.tools.store.get(this.migration.id))?.cancelledBy;
  }

  /** Throws if nothing may be changed any more. */
  throwIfStopped() {
    this.signals.stop.throwIfAborted();
  }

  /** Changes the record and stores it. */
  async save(change: Partial<Migration>, facts: Partial<MigrationFacts> = {}) {
    const known = this.facts;
    // At once, not when it is stored: a courier's log is followed while other things are saved.
    this.migration = { ...this.migration, ...change };
    this.facts = { ...known, ...facts };
    try {
      await this.tools.store.save(this.lease, this.migration, this.facts);
    } catch (error) {
      // What must not begin has not begun.
      if (error instanceof CancelledError) this.facts = known;
      throw error;
    }
  }

  /** Adds a line to the timeline. */
  async note(message: string, level: TimelineEvent['level'] = 'info') {
    await this.tools.store.addEvent(this.lease, {
      time: new Date().toISOString(),
      step: this.step,
      level,
      // It may quote anybody, and PostgreSQL stores no NUL in text.
      message: message.replaceAll('\0', '\uFFFD'),
    });
  }

  /** Tells the user something that does not stop the migration; once, however often the step is run. */
  async warn(message: string) {
    const { warnings } = this.migration;
    if (warnings.includes(message)) return;
    await this.note(message, 'warning');
    await this.save({ warnings: [...warnings, message] });
  }

  /**
   * Makes an object in a cluster, once in the migration's life. It is noted down before, so that a crash in between cannot make anybody
   * forget it; what this migration has made already is answered.
   *
   * @throws ProblemError if the name is taken by something else; MadeObjectGoneError if it was made and is gone
   */
  async make<K extends Kind>(
    client: ClusterClient,
    kind: K,
    object: Kinds[K],
  ): Promise<Kinds[K]> {
    const { namespace = '', name = '' } = object.metadata ?? {};
    const key = { namespace, name };
    const noted = await this.findMade(client.cluster, kind, key);
    if (noted?.uid) {
      const found = await client.get(kind, key);
      if (found?.metadata?.uid !== noted.uid) {
        throw new MadeObjectGoneError(noted);
      }
      return found;
    }
    const made = noted ?? {
      step: this.step!,
      cluster: client.cluster,
      kind,
      ...key,
    };
    if (!noted) await this.tools.store.addObject(this.lease, made);
    const created = await this.createOwn(client, kind, object);
    const { uid } = created.metadata!;
    await this.tools.store.identifyObject(this.lease, { ...made, uid: uid! });
    return created;
  }

  /** Removes what the steps made, newest first. With `step`, only what that step made. */
  async removeMade(step?: StepName) {
    const made = await this.tools.store.listObjects(this.migration.id);
    for (const object of made) {
      if (!step || object.step === step) await this.remove(object);
    }
  }

  private async createOwn<K extends Kind>(
    client: ClusterClient,
    kind: K,
    object: Kinds[K],
  ): Promise<Kinds[K]> {
    const { namespace = '', name = '' } = object.metadata ?? {};
    const key = { namespace, name };
    for (;;) {
      try {
        return await client.create(kind, object);
      } catch (error) {
        if (!isRefusal(error, 'AlreadyExists')) throw error;
      }
      const existing = await client.get(kind, key);
      if (existing && this.isOwn(existing)) {
        if (!existing.metadata?.deletionTimestamp) return existing;
        // Removed a moment ago, by whoever ran this step before.
        await this.awaitGone(client, kind, key);
      } else if (existing) {
        throw new ProblemError({
          code: 'name-taken',
          message: `The cluster '${client.cluster}' has a ${kind} '${name}' in '${namespace}' already.`,
          remedy: `Remove or rename it, then migrate again.`,
        });
      }
    }
  }

  private async awaitGone(client: ClusterClient, kind: Kind, key: ObjectKey) {
    await waitFor(
      client,
      kind,
      key,
      {
        timeoutMs: REMOVAL_MS,
        signal: this.signal,
        what: `Removing the ${kind} ${key.namespace}/${key.name}`,
      },
      objects => (objects.length === 0 ? true : undefined),
    );
  }

  private async findMade(
    cluster: string,
    kind: Kind,
    { namespace, name }: { namespace: string; name: string },
  ) {
    const made = await this.tools.store.listObjects(this.migration.id);
    return made.find(
      object =>
        object.cluster === cluster &&
        object.kind === kind &&
        object.namespace === namespace &&
        object.name === name,
    );
  }

  /** Deletes an object only if it carries this migration's label, and only that very one. */
  private async remove(made: MadeObject) {
    const client = await this.clusters.getClient(made.cluster);
    const object = await client.get(made.kind, made);
    const isSame = !made.uid || made.uid === object?.metadata?.uid;
    if (object && isSame && this.isOwn(object)) {
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
