import { z } from 'zod';
import { problemSchema } from './clusters';
import { timestamp } from './kubernetes';
import { severities } from './report';

/** Something of the report that a statement rests on. */
export const citationSchema = z.object({
  kind: z.enum(['process', 'file', 'socket', 'finding', 'alert']),
  /** A pid with its command, a path, `address:port`, a finding's id, or a rule's name. */
  value: z.string().max(500),
});

/** What a language model is asked for: its answer must have exactly this shape. */
export const assessmentAnswerSchema = z.object({
  verdict: z.enum(['benign', 'suspicious', 'compromised', 'inconclusive']),
  /** From 0 to 1. */
  confidence: z.number().min(0).max(1),
  issues: z
    .array(
      z.object({
        title: z.string().max(300),
        severity: z.enum(severities),
        explanation: z.string().max(4000),
        evidence: z.array(citationSchema).max(30),
      }),
    )
    .max(30),
  correctiveActions: z
    .array(
      z.object({
        title: z.string().max(300),
        explanation: z.string().max(4000),
        priority: z.enum(['immediate', 'soon', 'later']),
      }),
    )
    .max(30),
  threats: z
    .array(
      z.object({
        title: z.string().max(300),
        explanation: z.string().max(4000),
      }),
    )
    .max(30),
  /** The one story of the attack that explains most. */
  hypothesis: z.object({
    text: z.string().max(8000),
    evidence: z.array(citationSchema).max(50),
  }),
  /** MITRE ATT&CK techniques. */
  mitre: z
    .array(
      z.object({
        id: z.string().regex(/^T[A]?\d{4}(\.\d{3})?$/),
        name: z.string().max(200),
      }),
    )
    .max(30),
});
export type AssessmentAnswer = z.infer<typeof assessmentAnswerSchema>;

/** A citation that was looked up in the report. */
export const checkedCitationSchema = citationSchema.extend({
  /** False: the model names something that the report does not hold. */
  isInReport: z.boolean(),
});
export type CheckedCitation = z.infer<typeof checkedCitationSchema>;

const { issues, hypothesis } = assessmentAnswerSchema.shape;

/** An answer whose citations were looked up. */
export const assessmentResultSchema = assessmentAnswerSchema.extend({
  issues: z.array(
    issues.element.extend({ evidence: z.array(checkedCitationSchema) }),
  ),
  hypothesis: hypothesis.extend({ evidence: z.array(checkedCitationSchema) }),
  /** Set where the model's verdict is milder than the detectors': text in the container may have talked it into that. */
  contradiction: z.string().optional(),
});
export type AssessmentResult = z.infer<typeof assessmentResultSchema>;

export const redactionKinds = [
  'secret',
  'token',
  'private-key',
  'url-password',
  'email',
  'ip-address',
] as const;
export type RedactionKind = (typeof redactionKinds)[number];

/** What the model was told, and what not. */
export const disclosureSchema = z.object({
  /** How many different values of each kind were replaced by placeholders; the values themselves are kept nowhere. */
  redactions: z.array(
    z.object({ kind: z.enum(redactionKinds), count: z.number().int() }),
  ),
  /** Parts of the evidence that did not fit, the least telling first. */
  leftOut: z.array(z.object({ part: z.string(), items: z.number().int() })),
  promptCharacters: z.number().int(),
});
export type Disclosure = z.infer<typeof disclosureSchema>;

/** What an assessment took. */
export const expenseSchema = z.object({
  promptTokens: z.number().int(),
  completionTokens: z.number().int(),
  /** Absent where config names no price for the model. */
  cost: z.object({ amount: z.number(), currency: z.string() }).optional(),
  /** As the model's server tells it, in milliseconds. */
  queueMs: z.number().optional(),
  promptMs: z.number().optional(),
  completionMs: z.number().optional(),
  /** As seen from here, waiting and retries included. */
  totalMs: z.number(),
  /** Requests that were sent. */
  attempts: z.number().int(),
});
export type Expense = z.infer<typeof expenseSchema>;

export const assessmentStatuses = [
  'queued',
  'running',
  'completed',
  'failed',
] as const;

/** What a language model says of a container's forensic report. */
export const assessmentSchema = z.object({
  id: z.string(),
  migration: z.string(),
  container: z.string(),
  status: z.enum(assessmentStatuses),
  createdBy: z.string(),
  createdAt: timestamp,
  finishedAt: timestamp.optional(),
  model: z.string(),
  disclosure: disclosureSchema.optional(),
  result: assessmentResultSchema.optional(),
  expense: expenseSchema.optional(),
  problem: problemSchema.optional(),
});
export type Assessment = z.infer<typeof assessmentSchema>;

/** Whether assessments can be had. */
export const assessmentAvailabilitySchema = z.object({
  model: z.string().optional(),
  /** Why not, and how to switch them on. */
  problem: problemSchema.optional(),
});
export type AssessmentAvailability = z.infer<
  typeof assessmentAvailabilitySchema
>;

/** One line of an assessment's stream (NDJSON). The last one is `ended`. */
export const assessmentEventSchema = z.discriminatedUnion('type', [
  /** What the model has written so far is void: it is asked again, at `resumesAt`. */
  z.object({
    type: z.literal('restarted'),
    reason: z.string(),
    resumesAt: timestamp,
  }),
  /** More of the answer's JSON as the model writes it, not checked yet. */
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('ended'), assessment: assessmentSchema }),
]);
export type AssessmentEvent = z.infer<typeof assessmentEventSchema>;
