import {
  cubemigMigrationReadPermission,
  fileTypes,
  migrationFileSchema,
} from '@cubemig/plugin-cubemig-common';
import { z } from 'zod';
import { LogFolder, MigrationLogs, readContents, Reads } from '../logs';
import { Access } from './Access';
import { itemsOf } from './itemsOf';
import { parseInput } from './parseInput';
import { Caller, Route, route } from './route';

const permission = cubemigMigrationReadPermission;
const FILE = ':workload/:folder/:file';

const fileNodeSchema = z.object({ label: z.string(), data: z.string() });
const folderNodeSchema = fileNodeSchema.extend({
  children: z.array(fileNodeSchema),
});
const workloadNodeSchema = fileNodeSchema.extend({
  children: z.array(folderNodeSchema),
});

const typeSchema = z.object({ type: z.enum(fileTypes) });

/** The logs of migrations as the original CubeMig had them: a tree of files. Here they are written from the database when read. */
export function createLogRoutes(options: {
  access: Access;
  logs: MigrationLogs;
}): Route[] {
  const { access, logs } = options;
  return [
    route(
      'GET /migrations/:id/files',
      {
        summary: "A migration's files: log, result, figures, reports",
        description: 'Read one by its path with GET /logs/view/{path}.',
        permission,
        answer: itemsOf(migrationFileSchema),
      },
      async ({ params, caller }) => {
        const reads = readsOf(access, caller);
        const files = await logs.listFilesOf(params.id, reads);
        return {
          items: files.map(({ name, type, path }) => ({ name, type, path })),
        };
      },
    ),
    route(
      'GET /logs/structure',
      {
        summary: 'Files about migrations, in a folder for each workload',
        description: "`data` is the file's path for view and download.",
        permission,
        query: z.strictObject({
          limit: z.coerce.number().int().min(1).max(500).default(100),
          cursor: z.string().max(512).optional(),
        }),
        answer: z.object({
          data: z.array(workloadNodeSchema),
          nextCursor: z.string().optional(),
        }),
      },
      async ({ query, caller }) => {
        const page = await logs.listFolders(query, readsOf(access, caller));
        return { data: toTree(page.folders), nextCursor: page.nextCursor };
      },
    ),
    route(
      `GET /logs/view/${FILE}`,
      {
        summary: "A file's text, as JSON",
        permission,
        answer: z.object({ content: z.string() }),
      },
      async ({ params, caller }) => {
        const file = await logs.find(params, readsOf(access, caller));
        return { content: await file.read() };
      },
    ),
    route(
      `GET /logs/download/${FILE}`,
      {
        summary: 'A file to be saved',
        permission,
        produces: ['text/plain', 'application/json', 'text/markdown'],
      },
      async ({ params, caller, res }) => {
        const file = await logs.find(params, readsOf(access, caller));
        res.attachment(file.name).send(await file.read());
      },
    ),
    route(
      'GET /logs/:type',
      {
        summary: 'The newest files of a type',
        description: 'As many as fit into one answer, at least one.',
        permission,
        query: z.strictObject({
          limit: z.coerce.number().int().min(1).max(100).default(20),
        }),
        answer: z.object({
          items: z.array(z.object({ path: z.string(), content: z.string() })),
        }),
      },
      async ({ params, query, caller }) => {
        const { type } = parseInput(typeSchema, params);
        const reads = readsOf(access, caller);
        const files = await logs.listFiles(type, query.limit, reads);
        return { items: await readContents(files) };
      },
    ),
  ];
}

/** Looks at each permission once for an entity, however many files there are. */
function readsOf(access: Access, caller: Caller): Reads {
  const known = new Map<string, Promise<boolean>>();
  return (permissionOfFile, entityRef) => {
    const key = `${permissionOfFile.name} ${entityRef}`;
    const answer =
      known.get(key) ??
      access.requireFor(caller, permissionOfFile, entityRef).then(
        () => true,
        () => false,
      );
    known.set(key, answer);
    return answer;
  };
}

function toTree(folders: LogFolder[]) {
  const workloads = new Map<string, LogFolder[]>();
  for (const folder of folders) {
    workloads.set(folder.workload, [
      ...(workloads.get(folder.workload) ?? []),
      folder,
    ]);
  }
  return [...workloads]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([workload, own]) => ({
      label: workload,
      data: workload,
      children: own.map(({ name, files }) => ({
        label: name,
        data: `${workload}/${name}`,
        children: files.map(file => ({
          label: file.name,
          data: `${workload}/${name}/${file.name}`,
        })),
      })),
    }));
}
