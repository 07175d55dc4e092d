import { BasicPermission } from '@backstage/plugin-permission-common';
import { Migration } from '@cubemig/plugin-cubemig-common';

/** What kinds of files a migration has. */
export const fileTypes = [
  'log',
  'result',
  'performance',
  'forensic',
  'assessment',
] as const;
export type FileType = (typeof fileTypes)[number];

/** A file about a migration. It lies nowhere: it is written from the database when somebody reads it. */
export interface MigrationFile {
  /** Without a folder, for example `migration_log.txt`. */
  name: string;
  type: FileType;
  /** What a reader needs besides the right to see migrations. */
  permission?: BasicPermission;
  read(): Promise<string>;
}

/** Something that knows files about migrations. */
export interface FileSource {
  listFiles(migration: Migration): Promise<MigrationFile[]>;
}
