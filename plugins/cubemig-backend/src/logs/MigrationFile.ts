import { ResourcePermission } from '@backstage/plugin-permission-common';
import { FileType, Migration } from '@cubemig/plugin-cubemig-common';

/** A file about a migration. It lies nowhere: it is written from the database when somebody reads it. */
export interface MigrationFile {
  /** Without a folder, for example `migration_log.txt`. */
  name: string;
  type: FileType;
  /** What a reader needs for the migration's entity, besides the right to see migrations. */
  permission?: ResourcePermission<'catalog-entity'>;
  read(): Promise<string>;
}

/** Something that knows files about migrations. */
export interface FileSource {
  listFiles(migration: Migration): Promise<MigrationFile[]>;
}
