import { z } from 'zod';
import { ownerSchema, problemSchema } from './clusters';
import {
  clusterName,
  namespaceName,
  objectName,
  timestamp,
} from './kubernetes';
import {
  connectionSchema,
  descriptorSchema,
  findingSchema,
  forensicReportSchema,
  processSchema,
  reportSchema,
  rootfsChangeSchema,
  severities,
  verdictSchema,
} from './report';

/** Where a report stands on its way from the registry into the backend. */
export const reportStates = [
  /** Asked for; the courier or the registry may not have it yet. */
  'pending',
  'stored',
  /** Cannot be had; `problem` says why. It can be asked for again. */
  'unavailable',
] as const;
export type ReportState = (typeof reportStates)[number];

/** Whose container a report is about. */
export const subjectSchema = z.object({
  cluster: clusterName,
  namespace: namespaceName,
  pod: objectName,
  owner: ownerSchema.optional(),
  entityRef: z.string().optional(),
});
export type Subject = z.infer<typeof subjectSchema>;

/** How many findings there are of each severity; a severity without any is left out. */
export const findingCountsSchema = z.partialRecord(
  z.enum(severities),
  z.number().int(),
);
export type FindingCounts = z.infer<typeof findingCountsSchema>;

/** A container's forensic report without its content. */
export const reportSummarySchema = z.object({
  migration: z.string(),
  container: z.string(),
  state: z.enum(reportStates),
  subject: subjectSchema,
  /** Of the artifact in the registry. */
  digest: z.string().optional(),
  bytes: z.number().optional(),
  createdAt: timestamp,
  storedAt: timestamp.optional(),
  attempts: z.number().int(),
  /** Why it is not there, or not yet. */
  problem: problemSchema.optional(),
  /** When it is tried again by itself. */
  nextAttemptAt: timestamp.optional(),
  verdict: verdictSchema.shape.verdict.optional(),
  score: verdictSchema.shape.score.optional(),
  findings: findingCountsSchema,
});
export type ReportSummary = z.infer<typeof reportSummarySchema>;

/** A container's forensic report: what is inside its checkpoint, secrets masked, and what the detectors say of it. */
export const storedReportSchema = reportSummarySchema.extend({
  report: reportSchema.optional(),
  forensics: forensicReportSchema.optional(),
});
export type StoredReport = z.infer<typeof storedReportSchema>;

/** A finding, and where it was found. */
export const indexedFindingSchema = z.object({
  migration: z.string(),
  container: z.string(),
  subject: subjectSchema,
  /** When the report was stored. */
  storedAt: timestamp,
  finding: findingSchema,
});
export type IndexedFinding = z.infer<typeof indexedFindingSchema>;

export const findingPageSchema = z.object({
  items: z.array(indexedFindingSchema),
  /** Of all that match, on all pages. */
  total: z.number().int(),
});
export type FindingPage = z.infer<typeof findingPageSchema>;

/** Which findings to list; what is left out does not narrow the list. Newest first. */
export const findingQuerySchema = z.strictObject({
  migration: z.string().max(64).optional(),
  severity: z.enum(severities).optional(),
  /** The detector's name, a finding's `id`. */
  rule: z.string().max(100).optional(),
  cluster: clusterName.optional(),
  namespace: namespaceName.optional(),
  /** The name of the owner, or of a pod that has none. */
  workload: objectName.optional(),
  entityRef: z.string().max(512).optional(),
  offset: z.coerce.number<number>().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number<number>().int().min(1).max(500).default(100),
});
export type FindingQuery = z.input<typeof findingQuerySchema>;

const changesOf = <T extends z.ZodType>(item: T) =>
  z.object({
    added: z.array(item),
    removed: z.array(item),
    /** As they are in the later checkpoint. */
    modified: z.array(item),
  });

const sideSchema = z.object({ created: z.string(), total_size: z.number() });

/** What differs between two checkpoints. Keys are checkpointctl's own (`checkpointctl diff --format json`) where it has them. */
export const checkpointDiffSchema = z.object({
  container_id: z.string(),
  container_name: z.string(),
  image: z.string(),
  checkpoint_a: sideSchema,
  checkpoint_b: sideSchema,
  process_changes: changesOf(
    processSchema
      .pick({ pid: true, command: true, exe: true, uid: true })
      .extend({ cmdline: z.string() }),
  ),
  file_changes: changesOf(
    descriptorSchema
      .pick({ pid: true, type: true, deleted: true })
      .extend({ fd: z.string(), path: z.string() }),
  ),
  socket_changes: changesOf(
    connectionSchema
      .pick({ pid: true, protocol: true, state: true, family: true })
      .extend({ local: z.string(), remote: z.string() }),
  ),
  memory_changes: z.object({
    size_change_bytes: z.number(),
    size_change_mb: z.number(),
  }),
  summary: z.string(),

  /** Names only: a value that changed may be a secret that no rule knows. */
  environment_changes: changesOf(
    z.object({ pid: z.number(), name: z.string() }),
  ),
  rootfs_changes: changesOf(rootfsChangeSchema),
  /** Findings of the one checkpoint that the other has not. */
  finding_changes: z.object({
    appeared: z.array(findingSchema),
    vanished: z.array(findingSchema),
  }),
  verdict_a: verdictSchema,
  verdict_b: verdictSchema,
  /** The same in sentences. */
  story: z.object({
    appeared: z.array(z.string()),
    changed: z.array(z.string()),
    vanished: z.array(z.string()),
  }),
});
export type CheckpointDiff = z.infer<typeof checkpointDiffSchema>;

/** One stored report, by what its address is made of. */
export interface ReportKey {
  migration: string;
  container: string;
}
