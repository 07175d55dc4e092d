import { z } from 'zod';
import { ownerSchema, problemSchema } from './clusters';
import {
  clusterName,
  namespaceName,
  objectName,
  timestamp,
} from './kubernetes';

/** The steps of a migration, in the order in which they run. */
export const stepNames = [
  'preflight',
  'pre-pull',
  'checkpoint',
  'restore',
  'validate',
  'cut-over',
  'clean-up',
] as const;
export type StepName = (typeof stepNames)[number];

/** The courier's phases: together they are the one durable step `checkpoint`. */
export const phaseNames = ['checkpoint', 'image', 'push'] as const;
export type PhaseName = (typeof phaseNames)[number];

/** What a user asks for. Unknown fields are refused, so that a typing error cannot change what happens. */
export const migrationRequestSchema = z
  .strictObject({
    sourceCluster: clusterName,
    targetCluster: clusterName,
    namespace: namespaceName,
    pod: objectName,
    /** The pod's uid as the user saw it; the migration is refused if another pod has taken the name since. */
    podUid: z.string().min(1).max(64).optional(),
    /** The catalog entity from whose page the migration was started, for example `component:default/counter`. */
    entityRef: z.string().min(1).max(512).optional(),
    /** Why, in the user's words; shown in the history and the audit log. */
    reason: z.string().max(1000).optional(),
  })
  .refine(r => r.sourceCluster !== r.targetCluster, {
    path: ['targetCluster'],
    message: 'must differ from sourceCluster: choose another cluster',
  });
export type MigrationRequest = z.infer<typeof migrationRequestSchema>;

export const stepStatuses = [
  'pending',
  'running',
  'succeeded',
  'failed',
  /** What the step had done was taken back after a later step failed. */
  'undone',
  /** Never reached, because an earlier step failed. */
  'skipped',
] as const;
export type StepStatus = (typeof stepStatuses)[number];

export const phaseSchema = z.object({
  name: z.enum(phaseNames),
  container: z.string(),
  status: z.enum(['running', 'succeeded', 'failed']),
  startedAt: timestamp.optional(),
  finishedAt: timestamp.optional(),
  /** Bytes done so far. */
  bytes: z.number().optional(),
});
export type Phase = z.infer<typeof phaseSchema>;

export const stepSchema = z.object({
  name: z.enum(stepNames),
  status: z.enum(stepStatuses),
  startedAt: timestamp.optional(),
  finishedAt: timestamp.optional(),
  /** Only of the step `checkpoint`: what the courier tells while it works, one a phase and container. */
  phases: z.array(phaseSchema).optional(),
});
export type Step = z.infer<typeof stepSchema>;

/** Why a migration failed. `code` comes from one table of signatures (see the backend's `failures` folder). */
export const failureSchema = problemSchema.extend({
  step: z.enum(stepNames),
});
export type Failure = z.infer<typeof failureSchema>;

export const migrationStatuses = [
  'queued',
  'running',
  /** A step failed and what was made is being removed. */
  'undoing',
  'completed',
  /** Failed and undone: the source goes on serving. */
  'failed',
] as const;
export type MigrationStatus = (typeof migrationStatuses)[number];

/** One container's checkpoint, as it lies in the registry. */
export const checkpointSchema = z.object({
  container: z.string(),
  /** The image by digest, `registry/repository@sha256:...`. */
  image: z.string(),
  /** The archive as the runtime wrote it, in bytes. */
  archiveBytes: z.number(),
  /** What crossed the wire, in bytes. */
  layerBytes: z.number(),
  /** How long CRIU held the container still, in microseconds. */
  frozenMicros: z.number().optional(),
});
export type Checkpoint = z.infer<typeof checkpointSchema>;

export const migrationSchema = z.object({
  id: z.string(),
  status: z.enum(migrationStatuses),
  entityRef: z.string().optional(),
  reason: z.string().optional(),
  createdBy: z.string(),
  createdAt: timestamp,
  startedAt: timestamp.optional(),
  finishedAt: timestamp.optional(),
  source: z.object({
    cluster: clusterName,
    namespace: namespaceName,
    pod: objectName,
    uid: z.string().optional(),
    node: z.string().optional(),
    owner: ownerSchema.optional(),
  }),
  target: z.object({
    cluster: clusterName,
    namespace: namespaceName,
    pod: objectName,
    uid: z.string().optional(),
    node: z.string().optional(),
  }),
  steps: z.array(stepSchema),
  checkpoints: z.array(checkpointSchema),
  failure: failureSchema.optional(),
  /** What the user should know although the migration went on, for example that the checkpoint restarted the source. */
  warnings: z.array(z.string()),
});
export type Migration = z.infer<typeof migrationSchema>;

/** One line of a migration's append-only timeline. */
export const timelineEventSchema = z.object({
  /** Rises by one from event to event of a migration, from 1. */
  sequence: z.number().int(),
  time: timestamp,
  step: z.enum(stepNames).optional(),
  level: z.enum(['info', 'warning', 'error']),
  message: z.string(),
});
export type TimelineEvent = z.infer<typeof timelineEventSchema>;
