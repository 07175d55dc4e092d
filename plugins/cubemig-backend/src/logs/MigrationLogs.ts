import { NotFoundError } from '@backstage/errors';
import { ResourcePermission } from '@backstage/plugin-permission-common';
import { FileType, Migration } from '@cubemig/plugin-cubemig-common';
import { MigrationStore } from '../migration';
import { FileSource, MigrationFile } from './MigrationFile';

/** Whether the reader has a permission for an entity or, where a migration has none, for all of them. */
export type Reads = (
  permission: ResourcePermission<'catalog-entity'>,
  entityRef: string | undefined,
) => Promise<boolean>;

/** One migration's folder: `<workload>/<name>`, where the name ends with the migration's id. */
export interface LogFolder {
  workload: string;
  name: string;
  files: MigrationFile[];
}

/** What is known of migrations as a tree of files: a folder for each workload, in it one for each migration. */
export class MigrationLogs {
  constructor(
    private readonly options: {
      store: Pick<MigrationStore, 'get' | 'list'>;
      sources: FileSource[];
    },
  ) {}

  /** The folders of the newest migrations, newest first. */
  async listFolders(
    query: { limit: number; cursor?: string },
    reads: Reads,
  ): Promise<{ folders: LogFolder[]; nextCursor?: string; total: number }> {
    const { items, ...page } = await this.options.store.list(query);
    const folders = await Promise.all(
      items.map(migration => this.open(migration, reads)),
    );
    return { folders, ...page };
  }

  /** The newest files of one type. */
  async listFiles(type: FileType, limit: number, reads: Reads) {
    const { folders } = await this.listFolders({ limit }, reads);
    return folders.flatMap(withPaths).filter(file => file.type === type);
  }

  /** One migration's files, each with its path. @throws NotFoundError */
  async listFilesOf(id: string, reads: Reads) {
    const migration = await this.options.store.get(id);
    if (!migration) throw new NotFoundError(`There is no migration '${id}'`);
    return withPaths(await this.open(migration, reads));
  }

  /** @throws NotFoundError */
  async find(
    path: { workload: string; folder: string; file: string },
    reads: Reads,
  ): Promise<MigrationFile> {
    const [id] = path.folder.match(/[^_]+$/) ?? [];
    const migration = id && (await this.options.store.get(id));
    const folder = migration && (await this.open(migration, reads));
    const file =
      folder &&
      folder.workload === path.workload &&
      folder.name === path.folder &&
      folder.files.find(({ name }) => name === path.file);
    if (!file) {
      throw new NotFoundError(
        `There is no file '${path.workload}/${path.folder}/${path.file}', or you may not read it`,
      );
    }
    return file;
  }

  private async open(migration: Migration, reads: Reads): Promise<LogFolder> {
    const found = await Promise.all(
      this.options.sources.map(source => source.listFiles(migration)),
    );
    const files: MigrationFile[] = [];
    for (const file of found.flat()) {
      const { permission } = file;
      if (!permission || (await reads(permission, migration.entityRef))) {
        files.push(file);
      }
    }
    return {
      workload: migration.source.owner?.name ?? migration.source.pod,
      name: folderOf(migration),
      files,
    };
  }
}

function withPaths({ workload, name, files }: LogFolder) {
  return files.map(file => ({
    ...file,
    path: `${workload}/${name}/${file.name}`,
  }));
}

/** `2026-11-23T08-15-02Z_counter-5d8f_<id>`: no character that a file system could object to. */
function folderOf({ id, createdAt, source }: Migration) {
  const time = createdAt.replace(/\.\d+/, '').replaceAll(':', '-');
  return `${time}_${source.pod}_${id}`;
}
