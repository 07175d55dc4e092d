import { z } from 'zod';
import { ownerSchema } from './clusters';
import { clusterName, timestamp } from './kubernetes';

export const responseActions = [
  'log',
  'notify',
  /** Evidence only: the pod goes on. */
  'checkpoint',
  'migrate',
] as const;

/** The action's name. Modules may add actions of their own. */
export const actionName = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[a-z][a-z0-9-]*$/, 'must be a lower case word, such as migrate');

export const responseModes = [
  'off',
  /** Decides and writes it down, and does nothing. */
  'dry-run',
  /** Asks a person, for a while. */
  'approve',
  'auto',
] as const;
export type ResponseMode = (typeof responseModes)[number];

/** What was decided. */
export const decisionVerdicts = ['act', 'ask', 'dry-run', 'suppress'] as const;
export type DecisionVerdict = (typeof decisionVerdicts)[number];

/** What has become of it. */
export const decisionStatuses = [
  /** A person has to say yes. */
  'awaiting-approval',
  /** Approved or automatic, and not begun. */
  'pending',
  /** The action is under way, for example a migration. */
  'acting',
  'succeeded',
  'failed',
  'rejected',
  /** Nobody said yes in time. */
  'expired',
  /** Suppressed, or a dry run: nothing was or will be done. */
  'not-acted',
] as const;
export type DecisionStatus = (typeof decisionStatuses)[number];

/** What an alert shows of its newest decision. */
export const decisionSummarySchema = z.object({
  id: z.string(),
  action: actionName,
  verdict: z.enum(decisionVerdicts),
  status: z.enum(decisionStatuses),
});

/** What was done about an alert, and why. */
export const decisionSchema = decisionSummarySchema.extend({
  alert: z.string(),
  /** The response rule as it was then. */
  rule: z.object({
    id: z.string(),
    name: z.string(),
    revision: z.number().int(),
  }),
  mode: z.enum(responseModes),
  /** In words. */
  reason: z.string(),
  /** The guard that suppressed it. */
  guard: z.string().optional(),
  /** The alert's. */
  cluster: clusterName,
  falcoRule: z.string(),
  namespace: z.string().optional(),
  pod: z.string().optional(),
  workload: ownerSchema.optional(),
  entityRef: z.string().optional(),
  targetCluster: clusterName.optional(),
  createdAt: timestamp,
  updatedAt: timestamp,
  /** When an approval lapses. */
  expiresAt: timestamp.optional(),
  /** Who approved or rejected it. Absent if no person did anything. */
  actor: z.string().optional(),
  /** What that person said. */
  comment: z.string().optional(),
  /** What came of it, in words. */
  outcome: z.string().optional(),
  /** The migration that it started. */
  migration: z.string().optional(),
});
export type Decision = z.infer<typeof decisionSchema>;

/** The query of `GET /decisions`; newest first. */
export const decisionQuerySchema = z.strictObject({
  status: z
    .string()
    .max(500)
    .transform(text => text.split(','))
    .pipe(z.array(z.enum(decisionStatuses)))
    .optional(),
  verdict: z.enum(decisionVerdicts).optional(),
  rule: z.string().max(64).optional(),
  alert: z.string().max(64).optional(),
  cluster: clusterName.optional(),
  entityRef: z.string().min(1).max(512).optional(),
  since: z.iso.datetime({ offset: true }).optional(),
  cursor: z.string().max(512).optional(),
  limit: z.coerce.number<number>().int().min(1).max(500).default(50),
});
export type DecisionQuery = z.input<typeof decisionQuerySchema>;
export type ParsedDecisionQuery = z.output<typeof decisionQuerySchema>;

export const decisionPageSchema = z.object({
  items: z.array(decisionSchema),
  nextCursor: z.string().optional(),
  total: z.number().int(),
});
export type DecisionPage = z.infer<typeof decisionPageSchema>;

/** The body of approve and reject. */
export const decisionCommentSchema = z.strictObject({
  comment: z.string().max(1000).optional(),
});

/** One switch over all automatic responses; alerts are still stored. */
export const responseSwitchSchema = z.object({
  isOn: z.boolean(),
  changedBy: z.string().optional(),
  changedAt: timestamp.optional(),
  reason: z.string().optional(),
});
export type ResponseSwitch = z.infer<typeof responseSwitchSchema>;
export const responseSwitchInputSchema = z.strictObject({
  isOn: z.boolean(),
  reason: z.string().max(1000).optional(),
});
