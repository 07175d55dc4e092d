import { z } from 'zod';
import { prioritySchema } from './alerts';
import { actionName, responseModes } from './decisions';
import { clusterName, namespaceName, timestamp } from './kubernetes';
import { containments } from './migrations';

/** Text in which `*` stands for any characters, and `?` for one. Compared with the whole value. */
const glob = z.string().min(1).max(512);
const globs = z.array(glob).min(1).max(100);

/** What an alert must be like. Everything that is given must hold; of a list, one entry is enough (but all tags). */
export const ruleMatchSchema = z.strictObject({
  /** Names of Falco rules. */
  rules: globs.optional(),
  priority: z
    .strictObject({
      operator: z.enum(['=', '<', '<=', '>', '>=']),
      /** `>= Warning` is Warning and all that is graver. */
      value: prioritySchema,
    })
    .optional(),
  /** Tags that it must all have. */
  tags: globs.optional(),
  sources: globs.optional(),
  clusters: globs.optional(),
  namespaces: globs.optional(),
  /** The pod's labels. */
  labels: z.record(z.string().min(1).max(317), glob).optional(),
  /** Falco's output fields, for example `proc.name`. An unknown value (`<NA>`, empty, null) matches nothing. */
  outputFields: z.record(z.string().min(1).max(256), glob).optional(),
});
export type RuleMatch = z.infer<typeof ruleMatchSchema>;

const targetSchema = z.union([
  z.strictObject({ cluster: clusterName }),
  /** A cluster and namespace of `cubemig.response.quarantine`. */
  z.strictObject({ policy: z.literal('quarantine') }),
]);

const ruleShape = z.strictObject({
  name: z.string().min(1).max(200),
  description: z.string().max(2000).optional(),
  match: ruleMatchSchema,
  action: actionName,
  /** Where `migrate` goes. */
  target: targetSchema.optional(),
  /** What happens to the source once the evidence is safe. */
  contain: z.enum(containments).default('none'),
  forensicAnalysis: z.boolean().default(false),
  aiAssessment: z.boolean().default(false),
  mode: z.enum(responseModes).default('dry-run'),
  /** For how long the same workload is left alone after an action, in seconds. */
  cooldownSeconds: z.number().int().min(0).max(604_800).default(3600),
  /** Whether later rules are asked too. */
  continue: z.boolean().default(false),
});

/** A response rule as a user writes it. */
export const ruleInputSchema = ruleShape.superRefine((rule, context) => {
  const refuse = (path: keyof typeof rule, message: string) =>
    context.addIssue({ code: 'custom', path: [path], message });
  if (rule.action === 'migrate' && !rule.target) {
    refuse('target', 'is missing: say which cluster takes the pod');
  }
  if (rule.action !== 'migrate' && rule.target) {
    refuse('target', 'belongs to the action migrate: leave it out');
  }
  if (rule.aiAssessment && !rule.forensicAnalysis) {
    refuse('aiAssessment', 'needs forensicAnalysis: switch that on, too');
  }
  if (rule.contain !== 'none' && !takesEvidence(rule.action)) {
    refuse('contain', 'belongs to checkpoint and migrate: leave it out');
  }
  if (rule.forensicAnalysis && !takesEvidence(rule.action)) {
    refuse('forensicAnalysis', 'belongs to checkpoint and migrate');
  }
});
export type RuleInput = z.input<typeof ruleInputSchema>;

function takesEvidence(action: string) {
  return action !== 'log' && action !== 'notify';
}

/** A response rule as it is stored. */
export const responseRuleSchema = ruleShape.extend({
  id: z.string(),
  /** Rises by one with every change, from 1. */
  revision: z.number().int(),
  /** Rules are asked in this order, from 0. */
  position: z.number().int(),
  /** Whether app-config brought it; it can be changed all the same. */
  origin: z.enum(['config', 'user']),
  updatedAt: timestamp,
  updatedBy: z.string(),
});
export type ResponseRule = z.infer<typeof responseRuleSchema>;

/** `PUT /response/rules/{id}`: refused if somebody else has changed the rule since. */
export const ruleUpdateSchema = z.strictObject({
  revision: z.number().int(),
  rule: ruleInputSchema,
});
export type RuleUpdate = z.input<typeof ruleUpdateSchema>;

/** One revision of a rule; `rule` is absent where it was deleted. */
export const ruleRevisionSchema = z.object({
  revision: z.number().int(),
  changedAt: timestamp,
  changedBy: z.string(),
  rule: ruleShape.optional(),
});
export type RuleRevision = z.infer<typeof ruleRevisionSchema>;

/** `PUT /response/rules/order`: all ids, first to last. */
export const ruleOrderSchema = z.strictObject({
  ids: z.array(z.string().max(64)).max(1000),
});

/** What to try a rule on; without `rule`, all stored rules are tried in their order. */
export const ruleTestSchema = z
  .strictObject({
    rule: ruleInputSchema.optional(),
    /** The id of a stored alert ... */
    alert: z.string().max(64).optional(),
    /** ... or the JSON text of one, with the cluster that it would have come from. */
    payload: z.string().max(65_536).optional(),
    cluster: clusterName.optional(),
    namespace: namespaceName.optional(),
    /** The labels that the pod of a pasted alert would have. */
    labels: z.record(z.string(), z.string()).optional(),
  })
  .refine(({ alert, payload }) => !alert !== !payload, {
    path: ['alert'],
    message: 'give either the id of an alert or a payload',
  });
export type RuleTest = z.input<typeof ruleTestSchema>;

export const ruleTestResultSchema = z.object({
  /** The rules that were asked, in order. */
  rules: z.array(
    z.object({
      /** Absent for the rule of the request. */
      id: z.string().optional(),
      name: z.string(),
      isMatch: z.boolean(),
      /** Each condition of the rule, for example `priority`. */
      conditions: z.array(
        z.object({
          field: z.string(),
          isMet: z.boolean(),
          expected: z.string(),
          actual: z.string(),
        }),
      ),
      /** Of a rule that matches: what it would do now. Guards are asked of stored alerts only. */
      verdict: z.object({ verdict: z.string(), reason: z.string() }).optional(),
    }),
  ),
});
export type RuleTestResult = z.infer<typeof ruleTestResultSchema>;

/** What a rule would have matched of the last 7 days' alerts. Guards are not asked: they judge the present. */
export const ruleRehearsalSchema = z.object({
  since: timestamp,
  /** How many alerts were looked at; at most the newest 10,000. */
  examined: z.number().int(),
  /**
   * Only of a rule that looks at output fields: how many occurrences were looked at of alerts whose latest one does not match, and how many
   * those have.
   */
  occurrences: z
    .object({ examined: z.number().int(), of: z.number().int() })
    .optional(),
  matched: z.number().int(),
  /** How often it would have acted, after the cooldown by workload. */
  actions: z.number().int(),
  /** The newest that matched, up to 50. */
  alerts: z.array(
    z.object({
      id: z.string(),
      cluster: clusterName,
      rule: z.string(),
      priority: prioritySchema,
      namespace: z.string().optional(),
      pod: z.string().optional(),
      lastAt: timestamp,
      /** Whether the cooldown would have held it back. */
      isCooledDown: z.boolean(),
    }),
  ),
});
export type RuleRehearsal = z.infer<typeof ruleRehearsalSchema>;

/** A rule as the original CubeMig kept it; other keys are ignored. */
export const originalRuleSchema = z.object({
  /** The name of a Falco rule. */
  rule: z.string().min(1).max(512),
  cluster: clusterName,
  action: z.enum(['migrate', 'log']),
  targetCluster: clusterName.nullish(),
  forensic_analysis: z.boolean().nullish(),
  AI_suggestion: z.boolean().nullish(),
});
export type OriginalRule = z.infer<typeof originalRuleSchema>;

/** The original's `config.json`. */
export const originalConfigSchema = z.object({
  config: z.array(originalRuleSchema).max(1000),
});
export type OriginalConfig = z.infer<typeof originalConfigSchema>;

/** `POST /response/rules/import`. */
export const ruleImportSchema = z.strictObject({
  config: z.array(originalRuleSchema).min(1).max(1000),
  mode: z.enum(responseModes).default('dry-run'),
});
export type RuleImport = z.input<typeof ruleImportSchema>;

/** A rule of Falco's stable rule set that matters for containers. */
export const falcoRuleSchema = z.object({
  name: z.string(),
  priority: prioritySchema,
  /** The MITRE ATT&CK technique or tactic, for example `T1059.004`. */
  mitre: z.string(),
});
export type FalcoRule = z.infer<typeof falcoRuleSchema>;
