import {
  Migration,
  MigrationMode,
  MigrationStatus,
  StepName,
  TimelineEvent,
  Trigger,
} from '@cubemig/plugin-cubemig-common';
import { Kind } from '../../clusters';
import { Limits } from '../queue';
import { MigrationFacts } from './MigrationFacts';

/** Something that a migration makes in a cluster. It carries the migration's label, by which it is known again. */
export interface MadeObject {
  step: StepName;
  cluster: string;
  kind: Kind;
  namespace: string;
  name: string;
  /** Known as soon as the cluster has said that it was made. */
  uid?: string;
}

/** The right to run one migration, for a while. */
export interface Lease {
  migration: string;
  holder: string;
  /** Fences: whoever took the migration over has a higher one, and this holder's writes are refused. */
  epoch: number;
}

export interface LeasedMigration {
  lease: Lease;
  migration: Migration;
  facts: MigrationFacts;
}

/** Another worker has taken the migration over. */
export class LeaseLostError extends Error {
  readonly name = 'LeaseLostError';

  constructor(migration: string) {
    super(`Migration ${migration} was taken over by another worker`);
  }
}

/** Somebody asked to stop the migration, while that was possible. */
export class CancelledError extends Error {
  readonly name = 'CancelledError';

  constructor(readonly by: string) {
    super(`Cancelled by ${by}`);
  }
}

/** Which migrations to list. What is left out does not narrow the list. */
export interface MigrationQuery {
  entityRef?: string;
  status?: MigrationStatus[];
  mode?: MigrationMode[];
  /** The source's or the target's. */
  cluster?: string;
  /** The source's. */
  namespace?: string;
  /** The source's. */
  pod?: string;
  /** A part of the name of the pod or of its workload. */
  text?: string;
  createdBy?: string;
  trigger?: Trigger['kind'];
  /** Created at or after, ISO 8601. */
  since?: string;
  /** Created before, ISO 8601. */
  until?: string;
  sort?: 'createdAt' | 'finishedAt' | 'pod';
  order?: 'asc' | 'desc';
  /** `nextCursor` of the page before. */
  cursor?: string;
  limit: number;
}

export interface MigrationPage {
  items: Migration[];
  /** Absent on the last page. */
  nextCursor?: string;
  /** How many there are on all pages. */
  total: number;
}

/** Where migrations are kept. Any number of backend replicas share one. */
export interface MigrationStore {
  /** @throws ConflictError if another migration of the same pod is not over yet */
  add(migration: Migration, facts?: MigrationFacts): Promise<void>;
  get(id: string): Promise<Migration | undefined>;
  getFacts(id: string): Promise<MigrationFacts | undefined>;
  /** Newest first unless asked otherwise. @throws InputError if the cursor is none of this list's */
  list(query: MigrationQuery): Promise<MigrationPage>;
  /** How many migrations there are in each status. */
  countByStatus(): Promise<Record<MigrationStatus, number>>;
  /** Oldest first; with `after`, only what has come since that sequence. */
  listEvents(id: string, after?: number): Promise<TimelineEvent[]>;
  /**
   * Leases a migration whose holder is gone, or else the next of the queue that the limits allow; that one is running from then on.
   * Undefined if there is none.
   *
   * @param onlyAbandoned - leave the queue alone
   */
  lease(
    holder: string,
    milliseconds: number,
    options?: { onlyAbandoned?: boolean },
  ): Promise<LeasedMigration | undefined>;
  /** @throws LeaseLostError */
  renew(lease: Lease, milliseconds: number): Promise<void>;
  /** Lets another worker have it at once. */
  release(lease: Lease): Promise<void>;
  /**
   * @throws LeaseLostError; CancelledError instead of noting for the first time that the source is being stopped, if somebody has asked to
   * cancel
   */
  save(
    lease: Lease,
    migration: Migration,
    facts: MigrationFacts,
  ): Promise<void>;
  /**
   * A migration that is over, and of whose end its worker has not told, or not to the end; it is this one's to tell for so long. Undefined if
   * there is none.
   */
  takeUntold(
    holder: string,
    milliseconds: number,
  ): Promise<Migration | undefined>;
  /** All who want to know of a migration's end have been told. */
  confirmTold(id: string): Promise<void>;
  /**
   * Asks to stop a migration. One that waits is over at once; one that runs is undone by its worker.
   *
   * @returns false if it is too late: it is over, or its source is being stopped
   */
  cancel(id: string, by: string): Promise<boolean>;
  /** Which of a worker's migrations somebody wants to stop, and who. */
  listCancelled(holder: string): Promise<Map<string, string>>;
  /**
   * Keeps a migration's checkpoints from retention, or no longer, without `by`.
   *
   * @returns false if it is too late
   */
  hold(id: string, by: string | undefined): Promise<boolean>;
  addEvent(lease: Lease, event: Omit<TimelineEvent, 'sequence'>): Promise<void>;
  addObject(lease: Lease, object: MadeObject): Promise<void>;
  /** Notes which object the cluster made of one that was added. */
  identifyObject(
    lease: Lease,
    object: MadeObject & { uid: string },
  ): Promise<void>;
  /** What a migration made and has not removed, newest first. */
  listObjects(id: string): Promise<MadeObject[]>;
  markRemoved(lease: Lease, object: MadeObject): Promise<void>;
}

/** What a store must know to let migrations begin. */
export interface StoreOptions {
  limits: Limits;
  /** How many one replica runs at most, for those who ask why theirs waits. */
  concurrency?: number;
}
