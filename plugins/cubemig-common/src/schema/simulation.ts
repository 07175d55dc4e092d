import { z } from 'zod';
import { podSchema, problemSchema } from './clusters';
import {
  clusterName,
  namespaceName,
  objectName,
  timestamp,
} from './kubernetes';

export const attackNames = [
  'reverse_shell',
  'data_destruction',
  'log_removal',
  'private_key_search',
  'shm_execution',
  'dropped_program',
] as const;
export type AttackName = (typeof attackNames)[number];

/** A harmless imitation of an attack. */
export const attackSchema = z.object({
  name: z.enum(attackNames),
  title: z.string(),
  description: z.string(),
  /** Falco's stable rule that should cry. */
  rule: z.string(),
  technique: z.object({ id: z.string(), name: z.string() }),
  /** What is run in the container, as `sh -c`. */
  script: z.string(),
  /** The file that stays in the container, if one does. */
  leaves: z.string().optional(),
});
export type Attack = z.infer<typeof attackSchema>;

export const simulationRequestSchema = z.strictObject({
  cluster: clusterName,
  namespace: namespaceName,
  pod: objectName,
  /** The pod's first container by default. */
  container: z.string().min(1).max(63).optional(),
  attack: z.enum(attackNames),
});
export type SimulationRequest = z.infer<typeof simulationRequestSchema>;

/** The original CubeMig's `POST /simulate`. */
export const simulateRequestSchema = z.strictObject({
  /** The value of the pods' label `app`, or a pod's name. */
  appName: objectName,
  attackType: z.enum(attackNames),
});

export const simulationSchema = z.object({
  id: z.string(),
  cluster: clusterName,
  namespace: namespaceName,
  pod: objectName,
  container: z.string(),
  attack: z.enum(attackNames),
  status: z.enum(['running', 'completed', 'failed']),
  createdBy: z.string(),
  startedAt: timestamp,
  finishedAt: timestamp.optional(),
  /** What the script printed, bounded. */
  output: z.string().optional(),
  exitCode: z.number().int().optional(),
  problem: problemSchema.optional(),
});
export type Simulation = z.infer<typeof simulationSchema>;

/** A pod, and whether attacks may be simulated in it. */
export const simulationPodSchema = podSchema.extend({
  /** Why not; absent if they may. */
  refusal: problemSchema.optional(),
});
export type SimulationPod = z.infer<typeof simulationPodSchema>;
