import { z } from 'zod';
import { clusterName, namespaceName, objectName } from './kubernetes';
import {
  migrationModes,
  migrationSchema,
  migrationStatuses,
} from './migrations';
import { listOf, pageOf, pageQueryShape } from './paging';

export const migrationSorts = ['createdAt', 'finishedAt', 'pod'] as const;

/** The query of `GET /migrations`. What is left out does not narrow the list. */
export const migrationQuerySchema = z.strictObject({
  entityRef: z.string().min(1).max(512).optional(),
  status: listOf(z.enum(migrationStatuses)).optional(),
  mode: listOf(z.enum(migrationModes)).optional(),
  /** The source's or the target's. */
  cluster: clusterName.optional(),
  /** The source's. */
  namespace: namespaceName.optional(),
  /** The source's. */
  pod: objectName.optional(),
  /** A part of the name of the pod or of its workload. */
  text: z.string().min(1).max(253).optional(),
  createdBy: z.string().min(1).max(512).optional(),
  trigger: z.enum(['user', 'rule', 'retry']).optional(),
  /** Created at or after. */
  since: z.iso.datetime({ offset: true }).optional(),
  /** Created before. */
  until: z.iso.datetime({ offset: true }).optional(),
  sort: z.enum(migrationSorts).default('createdAt'),
  order: z.enum(['asc', 'desc']).default('desc'),
  ...pageQueryShape,
});
/** As a caller gives it: lists are separated by commas. */
export type MigrationQuery = z.input<typeof migrationQuerySchema>;
export type ParsedMigrationQuery = z.output<typeof migrationQuerySchema>;

/** `total` came later than the rest; older backends leave it out. */
export const migrationPageSchema = pageOf(migrationSchema).partial({
  total: true,
});
export type MigrationPage = z.infer<typeof migrationPageSchema>;

/** A migration's pods, YAML, secrets masked: the source as it was before the checkpoint, the target as it is; absent where there is none. */
export const migrationManifestsSchema = z.object({
  source: z.string().optional(),
  target: z.string().optional(),
});
export type MigrationManifests = z.infer<typeof migrationManifestsSchema>;
