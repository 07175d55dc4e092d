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

/** What a migration does with the pod. */
export const migrationModes = [
  /** The target takes over; the source is stopped last. */
  'move',
  /** A copy runs in the target; the source goes on. */
  'copy',
  /** Evidence only: the checkpoint is taken and kept, nothing is restored. */
  'checkpoint',
  /** A stored checkpoint is started in a cluster. */
  'restore',
] as const;
export type MigrationMode = (typeof migrationModes)[number];

/** What happens to the source once the evidence is safe in the registry: against an attacker who goes on beside the copy. */
export const containments = ['none', 'isolate', 'delete'] as const;
export type Containment = (typeof containments)[number];

/** Who or what asked for a migration. */
export const triggerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('user') }),
  z.strictObject({
    kind: z.literal('rule'),
    decision: z.string().max(64),
    alert: z.string().max(64),
  }),
  z.strictObject({ kind: z.literal('retry'), of: z.string().max(64) }),
]);
export type Trigger = z.infer<typeof triggerSchema>;

const requestShape = z.strictObject({
  mode: z.enum(migrationModes).default('move'),
  sourceCluster: clusterName,
  /** Not of the mode `checkpoint`. */
  targetCluster: clusterName.optional(),
  namespace: namespaceName,
  /** Where the pod goes, if not into a namespace of the same name, for example a quarantine. */
  targetNamespace: namespaceName.optional(),
  pod: objectName,
  /** The pod's uid as the user saw it; the migration is refused if another pod has taken the name since. */
  podUid: z.string().min(1).max(64).optional(),
  /** Only of the mode `move`: the workload's other pods follow, each as a migration of its own that waits for its turn. */
  wholeWorkload: z.boolean().default(false),
  /** Only of the mode `restore`: the migration whose checkpoints are started. */
  checkpointsOf: z.string().max(64).optional(),
  /** Containers whose processes travel; the others start anew in the target. Defaults to all. */
  containers: z.array(z.string().min(1).max(63)).min(1).max(32).optional(),
  /** Deny-all NetworkPolicy, empty twins of Secrets and ConfigMaps, a ServiceAccount without rights. */
  quarantine: z.boolean().default(false),
  contain: z.enum(containments).default('none'),
  /** Whether ConfigMaps that the target lacks are copied there. Those that differ are never changed. */
  copyConfigMaps: z.boolean().default(false),
  /** Whether Secrets that the target lacks are copied there; needs a permission of its own. */
  copySecrets: z.boolean().default(false),
  /** Whether the files of emptyDir volumes travel. */
  copyVolumes: z.boolean().default(true),
  /** Whether the checkpoint is taken apart. Defaults to what config says. */
  forensicAnalysis: z.boolean().optional(),
  /** Whether a language model assesses the report; needs `forensicAnalysis`. */
  aiAssessment: z.boolean().default(false),
  /** The catalog entity from whose page the migration was started, for example `component:default/counter`. */
  entityRef: z.string().min(1).max(512).optional(),
  /** Why, in the user's words; shown in the history and the audit log. */
  reason: z.string().max(1000).optional(),
});

/** What a user asks for. Unknown fields are refused, so that a typing error cannot change what happens. */
export const migrationRequestSchema = requestShape.superRefine((r, context) => {
  const refuse = (path: keyof typeof r, message: string) =>
    context.addIssue({ code: 'custom', path: [path], message });
  const space = r.targetNamespace ?? r.namespace;
  if (r.mode === 'checkpoint' && r.targetCluster) {
    refuse('targetCluster', 'a checkpoint stays in the registry: leave it out');
  }
  if (r.mode !== 'checkpoint' && !r.targetCluster) {
    refuse('targetCluster', 'is missing: name the cluster that takes the pod');
  }
  const isSamePlace =
    r.sourceCluster === r.targetCluster && r.namespace === space;
  if ((r.mode === 'move' || r.mode === 'copy') && isSamePlace) {
    refuse(
      'targetCluster',
      'must differ from sourceCluster: choose another cluster',
    );
  }
  if ((r.mode === 'restore') !== (r.checkpointsOf !== undefined)) {
    refuse(
      'checkpointsOf',
      'belongs to the mode restore, which needs it: give the id of the migration whose checkpoints are to be started',
    );
  }
  if (r.wholeWorkload && r.mode !== 'move') {
    refuse('wholeWorkload', 'belongs to the mode move: leave it out');
  }
  if (r.quarantine && r.mode === 'move') {
    refuse('quarantine', 'serves nobody: choose the mode copy or restore');
  }
  if (r.mode === 'restore' && r.contain !== 'none') {
    refuse('contain', 'there is no source pod to contain: leave it out');
  }
  if (r.aiAssessment && r.forensicAnalysis === false) {
    refuse('aiAssessment', 'needs forensicAnalysis: switch that on, too');
  }
});
export type MigrationRequest = z.input<typeof migrationRequestSchema>;
/** A request with its defaults. */
export type MigrationOrder = z.output<typeof migrationRequestSchema>;
export const migrationRequestFields = Object.keys(requestShape.shape);

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
  /** Stopped by a person and undone. */
  'cancelled',
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
  /** The forensic report beside it, as an artifact of the same repository. */
  report: z.object({ digest: z.string(), bytes: z.number() }).optional(),
});
export type Checkpoint = z.infer<typeof checkpointSchema>;

/** What CRIU tells of one dump, in microseconds, and of its size. */
export const dumpFiguresSchema = z.object({
  container: z.string(),
  freezingMicros: z.number().optional(),
  frozenMicros: z.number().optional(),
  memoryDumpMicros: z.number().optional(),
  memoryWriteMicros: z.number().optional(),
  pagesScanned: z.number().optional(),
  pagesWritten: z.number().optional(),
});

/** A migration's performance; times in milliseconds. */
export const figuresSchema = z.object({
  dumps: z.array(dumpFiguresSchema),
  checkpointMs: z.number().optional(),
  imageMs: z.number().optional(),
  pushMs: z.number().optional(),
  /** From the restored pod's scheduling until its containers ran, pulling included. */
  pullMs: z.number().optional(),
  readyMs: z.number().optional(),
  totalMs: z.number().optional(),
  /** From the source's dump until the target serves: what happened at the source in between is lost. */
  downtimeMs: z.number().optional(),
  archiveBytes: z.number().optional(),
  layerBytes: z.number().optional(),
  /** Bytes a second that left the node. */
  pushRate: z.number().optional(),
});
export type Figures = z.infer<typeof figuresSchema>;

/** The pod that a migration takes, and where it runs. */
export const migrationSourceSchema = z.object({
  cluster: clusterName,
  namespace: namespaceName,
  pod: objectName,
  uid: z.string().optional(),
  node: z.string().optional(),
  owner: ownerSchema.optional(),
});

export const migrationSchema = z.object({
  id: z.string(),
  mode: z.enum(migrationModes),
  status: z.enum(migrationStatuses),
  trigger: triggerSchema,
  /** What was asked for, with defaults: what a retry asks for again. */
  order: requestShape,
  /** From 1; a retry is a migration of its own with the next number. */
  attempt: z.number().int(),
  /** Where it stands among those that wait, from 1; only while it is queued. */
  queuePosition: z.number().int().optional(),
  /** Why it waits, for example that the source node is busy; only while it is queued. */
  waitsFor: z.string().optional(),
  /** Set as soon as somebody has asked to stop it. */
  cancelledBy: z.string().optional(),
  entityRef: z.string().optional(),
  reason: z.string().optional(),
  createdBy: z.string(),
  createdAt: timestamp,
  startedAt: timestamp.optional(),
  finishedAt: timestamp.optional(),
  source: migrationSourceSchema,
  /** Absent where nothing is restored. */
  target: z
    .object({
      cluster: clusterName,
      namespace: namespaceName,
      pod: objectName,
      uid: z.string().optional(),
      node: z.string().optional(),
    })
    .optional(),
  steps: z.array(stepSchema),
  checkpoints: z.array(checkpointSchema),
  figures: figuresSchema.optional(),
  /** Set as soon as retention has given its checkpoints up; `reason` follows "because". */
  checkpointsRemoved: z
    .object({ at: timestamp, reason: z.string() })
    .optional(),
  /** Evidence that retention must not delete: who said so. */
  heldBy: z.string().optional(),
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
