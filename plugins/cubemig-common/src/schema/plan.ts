import { z } from 'zod';
import { problemSchema } from './clusters';
import { clusterName, namespaceName, objectName } from './kubernetes';
import { migrationModes, migrationSourceSchema, stepNames } from './migrations';

/** One thing that a migration will do to the world. */
export const plannedActionSchema = z.object({
  step: z.enum(stepNames),
  verb: z.enum([
    'create',
    'change',
    'delete',
    'pull',
    'checkpoint',
    'push',
    'call',
  ]),
  /** Absent of what lies in the registry or elsewhere. */
  cluster: clusterName.optional(),
  /** A Kubernetes kind, or `Image`, `Webhook`. */
  kind: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
  /** In words, for a person. */
  description: z.string(),
  /** Whether a failure or cancellation takes it back. */
  isUndone: z.boolean(),
  /** The object as it will be made, YAML; without secrets' values. */
  manifest: z.string().optional(),
});
export type PlannedAction = z.infer<typeof plannedActionSchema>;

/** Something that stands against a migration (a blocker) or that a user should know (a warning). */
export const planFindingSchema = problemSchema.extend({
  cluster: clusterName.optional(),
  /** What it is about, for example `ConfigMap demo/settings`. */
  object: z.string().optional(),
});
export type PlanFinding = z.infer<typeof planFindingSchema>;

/** Whether one of the target's nodes can take the pod. */
export const plannedNodeSchema = z.object({
  name: z.string(),
  fits: z.boolean(),
  /** Why not. */
  reasons: z.array(z.string()),
});

/** How an object that the pod needs stands in the target. Of Secrets, only keys are named. */
export const plannedReferenceSchema = z.object({
  kind: z.string(),
  name: z.string(),
  state: z.enum(['same', 'different', 'missing', 'unreadable', 'present']),
  /** A unified diff, source to target; only of ConfigMaps, bounded. */
  diff: z.string().optional(),
  isCopied: z.boolean(),
});

/** What a migration will do, made before anything is touched. */
export const planSchema = z.object({
  mode: z.enum(migrationModes),
  source: migrationSourceSchema,
  target: z
    .object({
      cluster: clusterName,
      namespace: namespaceName,
      pod: objectName,
    })
    .optional(),
  actions: z.array(plannedActionSchema),
  blockers: z.array(planFindingSchema),
  warnings: z.array(planFindingSchema),
  nodes: z.array(plannedNodeSchema),
  references: z.array(plannedReferenceSchema),
});
export type Plan = z.infer<typeof planSchema>;
