import { z } from 'zod';

/** What kinds of files there are about a migration. */
export const fileTypes = [
  'log',
  'result',
  'performance',
  'forensic',
  'assessment',
] as const;
export type FileType = (typeof fileTypes)[number];

/** A file about a migration, written from the database when it is read. */
export const migrationFileSchema = z.object({
  name: z.string(),
  type: z.enum(fileTypes),
  /** For reading it: `workload/folder/name`. */
  path: z.string(),
});
export type MigrationFile = z.infer<typeof migrationFileSchema>;
