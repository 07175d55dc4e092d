import { z } from 'zod';
import { CourierEvent, courierEventSchema } from '../schema/courier';
import { MigrationFile, migrationFileSchema } from '../schema/files';
import {
  MigrationManifests,
  migrationManifestsSchema,
  MigrationPage,
  migrationPageSchema,
  MigrationQuery,
} from '../schema/migrationQuery';
import {
  Migration,
  MigrationRequest,
  migrationSchema,
  TimelineEvent,
  timelineEventSchema,
} from '../schema/migrations';
import { Plan, planSchema } from '../schema/plan';
import {
  ApiConnection,
  ask,
  askList,
  toQuery,
  withJson,
} from './ApiConnection';

/** Migrations: planned, started, followed and stopped. */
export interface MigrationsApi {
  /** What a migration would do, and what stands against it; nothing is touched. */
  plan(request: MigrationRequest): Promise<Plan>;
  /** Resolves as soon as the backend has stored the migration. */
  start(request: MigrationRequest): Promise<Migration>;
  /** Newest first unless asked otherwise. */
  list(query?: MigrationQuery): Promise<MigrationPage>;
  get(id: string): Promise<Migration>;
  /** Asks to stop it; what was made is taken back. */
  cancel(id: string): Promise<Migration>;
  /** The same again, as a migration of its own. */
  retry(id: string): Promise<Migration>;
  /** Keeps its checkpoints from retention. */
  hold(id: string): Promise<Migration>;
  /** Leaves its checkpoints to retention again. */
  release(id: string): Promise<Migration>;
  /** Oldest first; with `after`, only what has come since that sequence. */
  getTimeline(id: string, after?: number): Promise<TimelineEvent[]>;
  /** What the courier says on the source's node, oldest first; gone with its Job. */
  getCourierEvents(id: string): Promise<CourierEvent[]>;
  /** Its pods as YAML, secrets masked. */
  getManifests(id: string): Promise<MigrationManifests>;
  /** Its files: log, result, figures, and the reports that the caller may read. */
  listFiles(id: string): Promise<MigrationFile[]>;
  /** A file's text. */
  readFile(file: MigrationFile): Promise<string>;
}

export function createMigrationsApi(connection: ApiConnection): MigrationsApi {
  const act = (id: string, action: string) =>
    ask(connection, migrationSchema, `${pathOf(id)}/${action}`, {
      method: 'POST',
    });
  return {
    plan: request =>
      ask(
        connection,
        planSchema,
        '/migrations/plan',
        withJson('POST', request),
      ),
    start: request =>
      ask(
        connection,
        migrationSchema,
        '/migrations',
        withJson('POST', request),
      ),
    list: (query = {}) =>
      ask(connection, migrationPageSchema, `/migrations${toQuery(query)}`),
    get: id => ask(connection, migrationSchema, pathOf(id)),
    cancel: id => act(id, 'cancel'),
    retry: id => act(id, 'retry'),
    hold: id => act(id, 'hold'),
    release: id => act(id, 'release'),
    getTimeline: (id, after) =>
      askList(
        connection,
        timelineEventSchema,
        `${pathOf(id)}/timeline${toQuery({ after })}`,
      ),
    getCourierEvents: id =>
      askList(connection, courierEventSchema, `${pathOf(id)}/courier-events`),
    getManifests: id =>
      ask(connection, migrationManifestsSchema, `${pathOf(id)}/manifests`),
    listFiles: id =>
      askList(connection, migrationFileSchema, `${pathOf(id)}/files`),
    async readFile({ path }) {
      const parts = path.split('/').map(encodeURIComponent);
      const answer = z.object({ content: z.string() });
      return (await ask(connection, answer, `/logs/view/${parts.join('/')}`))
        .content;
    },
  };
}

function pathOf(id: string) {
  return `/migrations/${encodeURIComponent(id)}`;
}
