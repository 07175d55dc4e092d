import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  Migration,
  MigrationOrder,
  MigrationStatus,
} from '@cubemig/plugin-cubemig-common';
import { Clusters } from '../clusters';
import { EntityFinder } from '../pods';
import { OrderReader, StartContext } from './OrderReader';
import { MigrationPage, MigrationQuery, MigrationStore } from './store';

/** Takes in what users ask for. */
export class MigrationService {
  constructor(
    private readonly options: {
      clusters: Clusters;
      /** Whose pods those are that were ordered without an entity. */
      entities: Pick<EntityFinder, 'find'>;
      store: MigrationStore;
      /** Told that there is something to run. */
      onAdded: () => void;
      /** Told about a migration that is over before any worker had it. */
      onEnd?: (migration: Migration) => Promise<void>;
    },
  ) {}

  /**
   * Stores a migration to be run, and one for each of the workload's other pods if the whole is ordered.
   *
   * @throws InputError that names the field; ConflictError if the pod is being migrated already
   */
  async start(
    order: MigrationOrder,
    context: StartContext,
  ): Promise<Migration> {
    const reader = new OrderReader(this.options);
    const first = await reader.prepare(order, context);
    const followers = order.wholeWorkload
      ? await reader.prepareFollowers(order, first.migration, context)
      : [];
    const { store, onAdded } = this.options;
    await store.add(first.migration, first.facts);
    for (const { migration, facts } of followers) {
      await store.add(migration, facts).catch(error => {
        // On its way already, by another order.
        if (!(error instanceof ConflictError)) throw error;
      });
    }
    onAdded();
    return first.migration;
  }

  /** @throws NotFoundError */
  async get(id: string): Promise<Migration> {
    const migration = await this.options.store.get(id);
    if (!migration) throw new NotFoundError(`There is no migration '${id}'`);
    return migration;
  }

  /** @throws InputError if the cursor is none of this list's */
  async list(query: MigrationQuery): Promise<MigrationPage> {
    return this.options.store.list(query);
  }

  async countByStatus(): Promise<Record<MigrationStatus, number>> {
    return this.options.store.countByStatus();
  }

  /**
   * Asks to stop a migration; what it made is taken back. One that waits is over at once.
   *
   * @throws NotFoundError; ConflictError if it is over, or too far to go back
   */
  async cancel(id: string, by: string): Promise<Migration> {
    const isAccepted = await this.options.store.cancel(id, by);
    const migration = await this.get(id);
    // Of one that was begun, its worker tells.
    if (isAccepted && !migration.startedAt) {
      await this.options.onEnd?.(migration);
      await this.options.store.confirmTold(id);
    }
    if (isAccepted || migration.status === 'undoing') return migration;
    throw new ConflictError(
      migration.status === 'running'
        ? 'The target serves and the source is being stopped: it is too late to cancel. Migrate back instead'
        : `The migration is ${migration.status} already`,
    );
  }

  /**
   * Stores the same again, as the next attempt.
   *
   * @throws as `start`; NotFoundError; ConflictError if it is not over, or has succeeded
   */
  async retry(id: string, context: StartContext): Promise<Migration> {
    const { status, order, attempt } = await this.get(id);
    if (status !== 'failed' && status !== 'cancelled') {
      throw new ConflictError(
        `The migration is ${status}: only one that failed or was cancelled can be tried again`,
      );
    }
    return this.start(order, {
      ...context,
      trigger: { kind: 'retry', of: id },
      attempt: attempt + 1,
    });
  }

  /** Keeps a migration's checkpoints from retention. @throws NotFoundError; ConflictError if they are gone */
  async hold(id: string, by: string): Promise<Migration> {
    const isHeld = await this.options.store.hold(id, by);
    const migration = await this.get(id);
    if (isHeld) return migration;
    throw new ConflictError(
      'The checkpoints of this migration have been removed: there is nothing left to hold',
    );
  }

  /** Leaves a migration's checkpoints to retention again. @throws NotFoundError */
  async release(id: string): Promise<Migration> {
    await this.options.store.hold(id, undefined);
    return this.get(id);
  }
}
