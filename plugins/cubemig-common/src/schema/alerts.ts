import { z } from 'zod';
import { ownerSchema } from './clusters';
import { clusterName, timestamp } from './kubernetes';
import { decisionSchema, decisionSummarySchema } from './decisions';
import { migrationModes, migrationStatuses } from './migrations';
import { listOf, pageOf } from './paging';

/** Falco's priorities, gravest first. */
export const priorities = [
  'Emergency',
  'Alert',
  'Critical',
  'Error',
  'Warning',
  'Notice',
  'Informational',
  'Debug',
] as const;
export const prioritySchema = z.enum(priorities);
export type Priority = z.infer<typeof prioritySchema>;

export const alertKinds = [
  /** A Falco rule fired. */
  'alert',
  /** falcosidekick's test; stored, never acted on. */
  'test',
  /** Falco about itself, for example dropped events; stored, never acted on. */
  'internal',
  /** CRIU at work for a migration of CubeMig; stored, never acted on. */
  'own',
] as const;
export type AlertKind = (typeof alertKinds)[number];

export const alertStatuses = [
  /** Fired a short while ago: what fires again is counted here. */
  'open',
  /** Its window is over, or a person has closed it: what fires again opens a new alert. */
  'closed',
] as const;
export type AlertStatus = (typeof alertStatuses)[number];

/** What a person can do about an alert. */
export const alertHandlings = [
  /** Somebody is at it. */
  'acknowledged',
  /** Done with: what fires again opens a new alert. */
  'closed',
] as const;
export type AlertHandling = (typeof alertHandlings)[number];

/** What a person has done about an alert, the latest. */
export const alertHandlingSchema = z.object({
  state: z.enum(alertHandlings),
  /** The user's entity ref. */
  by: z.string(),
  at: timestamp,
  reason: z.string().optional(),
});

const reason = z.string().trim().min(1).max(1000);
/** The body of `POST /alerts/{id}/acknowledge`. */
export const alertAcknowledgementSchema = z.strictObject({
  reason: reason.optional(),
});
/** The body of `POST /alerts/{id}/close`. */
export const alertClosureSchema = z.strictObject({ reason });

/** The same thing, seen once or many times within a window: one rule, one container, one command. */
export const alertSchema = z.object({
  id: z.string(),
  /** As the sender's credential names it. */
  cluster: clusterName,
  /** The Falco rule. */
  rule: z.string(),
  priority: prioritySchema,
  /** `syscall`, `k8s_audit` or a plugin's name. */
  source: z.string(),
  kind: z.enum(alertKinds),
  status: z.enum(alertStatuses),
  tags: z.array(z.string()),
  /** What Falco calls the host; the node's name only if Falco was set up so. */
  hostname: z.string().optional(),
  namespace: z.string().optional(),
  pod: z.string().optional(),
  container: z.string().optional(),
  /** The container's id, its first 12 characters. */
  containerId: z.string().optional(),
  image: z.string().optional(),
  workload: ownerSchema.optional(),
  /** The catalog entity whose label `backstage.io/kubernetes-id` the pod carries. */
  entityRef: z.string().optional(),
  /** The command line, with what differs from run to run replaced by `#`. */
  command: z.string().optional(),
  /** Falco's sentence about the latest occurrence; hostile text. */
  output: z.string(),
  occurrences: z.number().int(),
  firstAt: timestamp,
  lastAt: timestamp,
  /** When this backend stored the first occurrence. */
  receivedAt: timestamp,
  /** What was decided about it; the newest decision. Absent while nothing was. */
  decision: decisionSummarySchema.optional(),
  /** Absent while nobody has acknowledged or closed it. */
  handling: alertHandlingSchema.optional(),
  /** Of the kind `own`: the migration whose CRIU was seen. */
  causedBy: z.string().optional(),
  /** Why CubeMig could not work on it, and left it aside. */
  trouble: z.string().optional(),
});
export type Alert = z.infer<typeof alertSchema>;

/** One alert as it came in. */
export const occurrenceSchema = z.object({
  id: z.string(),
  /** Falco's time, nine digits after the second. */
  time: z.string(),
  receivedAt: timestamp,
  hostname: z.string().optional(),
  output: z.string(),
  /** The JSON text exactly as it came in: its integers are beyond a double. Hostile. */
  payload: z.string(),
});
export type Occurrence = z.infer<typeof occurrenceSchema>;

/** A migration that the alert's workload has behind it, or that the alert led to. */
export const lineageEntrySchema = z.object({
  migration: z.string(),
  mode: z.enum(migrationModes),
  status: z.enum(migrationStatuses),
  sourceCluster: clusterName,
  targetCluster: clusterName.optional(),
  namespace: z.string(),
  pod: z.string(),
  createdAt: timestamp,
  finishedAt: timestamp.optional(),
  /** Whether this alert started it. */
  isResponse: z.boolean(),
});
export type LineageEntry = z.infer<typeof lineageEntrySchema>;

export const alertDetailSchema = alertSchema.extend({
  /** The newest, first; older ones by page. */
  latestOccurrences: z.array(occurrenceSchema),
  /** Newest first. */
  decisions: z.array(decisionSchema),
  /** Migrations of its pod and workload, oldest first. */
  lineage: z.array(lineageEntrySchema),
});
export type AlertDetail = z.infer<typeof alertDetailSchema>;

const text = z.string().min(1).max(512);

const alertFilterShape = {
  cluster: listOf(text).optional(),
  priority: listOf(prioritySchema).optional(),
  rule: text.optional(),
  namespace: text.optional(),
  pod: text.optional(),
  /** The workload's name. */
  workload: text.optional(),
  entityRef: text.optional(),
  kind: listOf(z.enum(alertKinds)).optional(),
  status: z.enum(alertStatuses).optional(),
  /** `none`: nobody has acknowledged or closed it. */
  handling: listOf(z.enum(['none', ...alertHandlings])).optional(),
  /** Last seen at or after. */
  since: z.iso.datetime({ offset: true }).optional(),
  /** Last seen before. */
  until: z.iso.datetime({ offset: true }).optional(),
  /** Found in rule, output, pod or command, whatever the case. */
  text: text.optional(),
};

/** Which alerts; the query of `GET /alerts/summary`. */
export const alertFilterSchema = z.strictObject(alertFilterShape);
/** As a caller gives it: lists are separated by commas. */
export type AlertFilter = z.input<typeof alertFilterSchema>;
export type ParsedAlertFilter = z.output<typeof alertFilterSchema>;

export const alertSorts = ['lastAt', 'priority', 'occurrences'] as const;

/** The query of `GET /alerts`. */
export const alertQuerySchema = z.strictObject({
  ...alertFilterShape,
  sort: z.enum(alertSorts).default('lastAt'),
  /** `desc` is newest, gravest or most frequent first. */
  order: z.enum(['asc', 'desc']).default('desc'),
  /** `nextCursor` of the page before. */
  cursor: z.string().max(512).optional(),
  limit: z.coerce.number<number>().int().min(1).max(500).default(50),
});
export type AlertQuery = z.input<typeof alertQuerySchema>;
export type ParsedAlertQuery = z.output<typeof alertQuerySchema>;

export const alertPageSchema = pageOf(alertSchema);
export type AlertPage = z.infer<typeof alertPageSchema>;
export const occurrencePageSchema = pageOf(occurrenceSchema);
export type OccurrencePage = z.infer<typeof occurrencePageSchema>;

const countSchema = z.object({
  value: z.string(),
  alerts: z.number().int(),
  /** How often they fired. */
  occurrences: z.number().int(),
});

/** What a dashboard shows of many alerts, counted by the database. */
export const alertSummarySchema = z.object({
  alerts: z.number().int(),
  occurrences: z.number().int(),
  open: z.number().int(),
  /** How wide a bucket is, in seconds. */
  bucketSeconds: z.number().int(),
  /** Alerts by when they were last seen, oldest first; empty buckets are left out. */
  buckets: z.array(
    z.object({
      /** Its first moment. */
      start: timestamp,
      counts: z.partialRecord(prioritySchema, z.number().int()),
    }),
  ),
  priorities: z.partialRecord(prioritySchema, z.number().int()),
  /** The ten most frequent, by alerts. */
  rules: z.array(countSchema),
  /** `value` is `cluster/namespace/Kind/name`. */
  workloads: z.array(
    countSchema.extend({
      cluster: clusterName,
      namespace: z.string(),
      workload: ownerSchema,
    }),
  ),
  clusters: z.array(countSchema),
});
export type AlertSummary = z.infer<typeof alertSummarySchema>;
