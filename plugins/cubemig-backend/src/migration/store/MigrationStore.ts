import {
  Migration,
  MigrationStatus,
  Owner,
  StepName,
  TimelineEvent,
} from '@cubemig/plugin-cubemig-common';
import { Kind } from '../../clusters';

/** What finished steps found out and later ones need, beyond what the API shows. */
export interface MigrationFacts {
  /** The pod's workload; absent for a bare pod. */
  owner?: Owner;
  /** The kubelet's port on the source's node. */
  kubeletPort?: number;
  /** The source node's processor architecture, as Kubernetes names it. */
  architecture?: string;
  /** When each of the source's containers started, as seen before the checkpoint. */
  sourceStarts?: Record<string, string>;
  /** When each of the restored pod's containers started. */
  targetStarts?: Record<string, string>;
  /** From here on the migration goes forward only: the source may have been told to stop. */
  isSourceStopping?: boolean;
}

/** Something that a migration makes in a cluster. It carries the migration's label, by which it is known again. */
export interface MadeObject {
  step: StepName;
  cluster: string;
  kind: Kind;
  namespace: string;
  name: string;
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

/** Where migrations are kept. Any number of backend replicas share one. */
export interface MigrationStore {
  /** @throws ConflictError if another migration of the same pod is not over yet */
  add(migration: Migration): Promise<void>;
  get(id: string): Promise<Migration | undefined>;
  /** Newest first. */
  list(filter: {
    entityRef?: string;
    statuses?: MigrationStatus[];
    limit: number;
  }): Promise<Migration[]>;
  /** Oldest first. */
  listEvents(id: string): Promise<TimelineEvent[]>;

  /** Leases the oldest migration that waits, or whose holder is gone. Undefined if there is none. */
  lease(
    holder: string,
    milliseconds: number,
  ): Promise<LeasedMigration | undefined>;
  /** @throws LeaseLostError */
  renew(lease: Lease, milliseconds: number): Promise<void>;
  /** Lets another worker have it at once. */
  release(lease: Lease): Promise<void>;

  /** @throws LeaseLostError */
  save(
    lease: Lease,
    migration: Migration,
    facts: MigrationFacts,
  ): Promise<void>;
  addEvent(lease: Lease, event: Omit<TimelineEvent, 'sequence'>): Promise<void>;
  addObject(lease: Lease, object: MadeObject): Promise<void>;
  /** What a migration made and has not removed, newest first. */
  listObjects(id: string): Promise<MadeObject[]>;
  markRemoved(lease: Lease, object: MadeObject): Promise<void>;
}
