import {
  Migration,
  MigrationMode,
  MigrationStatus,
  TimelineEvent,
} from '@cubemig/plugin-cubemig-common';
import { Contender } from '../queue';
import { MadeObject } from './MigrationStore';

/** These are over: nothing will change them any more but a hold. */
export const OVER: MigrationStatus[] = ['completed', 'failed', 'cancelled'];

/** A row of the table `migrations`. Times are ISO 8601, UTC. */
export interface MigrationRow {
  id: string;
  status: MigrationStatus;
  mode: MigrationMode;
  trigger_kind: string;
  entity_ref: string | null;
  created_by: string;
  created_at: string;
  /** Empty while it lasts. */
  finished_at: string;
  source_cluster: string;
  target_cluster: string | null;
  namespace: string;
  pod: string;
  /** The workload's name; empty for a bare pod. */
  workload: string;
  source_node: string | null;
  active_pod: string | null;
  migration: string;
  facts: string;
  lease_holder: string | null;
  lease_until: string | null;
  lease_epoch: number;
  is_source_stopping: boolean;
  cancelled_by: string | null;
  held_by: string | null;
  is_courier_out: boolean;
  is_end_untold: boolean;
  images: 'kept' | 'leaving' | 'gone';
}

export interface EventRow {
  migration_id: string;
  sequence: number;
  time: string;
  step: string | null;
  level: TimelineEvent['level'];
  message: string;
}

export interface ObjectRow extends Omit<MadeObject, 'uid'> {
  migration_id: string;
  sequence: number;
  uid: string | null;
  removed_at: string | null;
}

/** The columns that say again what the migration says, to be searched and counted by. */
export function columnsOf(migration: Migration) {
  const { source, target } = migration;
  return {
    status: migration.status,
    mode: migration.mode,
    trigger_kind: migration.trigger.kind,
    entity_ref: migration.entityRef ?? null,
    created_by: migration.createdBy,
    created_at: migration.createdAt,
    finished_at: migration.finishedAt ?? '',
    source_cluster: source.cluster,
    target_cluster: target?.cluster ?? null,
    namespace: source.namespace,
    pod: source.pod,
    workload: source.owner?.name ?? '',
    source_node: source.node ?? null,
    migration: JSON.stringify(migration),
  };
}

/** What people other than the migration's worker change stands in columns of its own. */
export function toMigration(
  row: Pick<MigrationRow, 'migration' | 'cancelled_by' | 'held_by'>,
): Migration {
  return {
    ...(JSON.parse(row.migration) as Migration),
    cancelledBy: row.cancelled_by ?? undefined,
    heldBy: row.held_by ?? undefined,
  };
}

/** What one migration at a time may work on: the source pod, or where nothing is taken from it, the pod that is made. */
export function keyOfPod({ mode, source, target }: Migration) {
  return mode === 'restore' && target
    ? `restore/${target.cluster}/${target.namespace}/${target.pod}`
    : `${source.cluster}/${source.namespace}/${source.pod}`;
}

export const contenderColumns = [
  'id',
  'status',
  'entity_ref',
  'created_at',
  'mode',
  'source_cluster',
  'target_cluster',
  'namespace',
  'pod',
  'workload',
  'source_node',
  'lease_holder',
] as const;

export function toContender(
  row: Pick<MigrationRow, (typeof contenderColumns)[number]>,
): Contender {
  const { source_cluster: sourceCluster, namespace, workload, pod } = row;
  const name = workload ? `${workload}` : `pod ${pod}`;
  const key = `${sourceCluster}/${namespace}/${name}`;
  return {
    id: row.id,
    isRunning: row.status !== 'queued',
    holder: row.lease_holder ?? undefined,
    createdAt: row.created_at,
    share: row.entity_ref ?? key,
    sourceCluster,
    targetCluster: row.target_cluster ?? undefined,
    // A stored checkpoint is restored without its source's node.
    node: row.mode === 'restore' ? undefined : row.source_node ?? undefined,
    workload: key,
  };
}
