import {
  cubemigMigrationCreatePermission,
  cubemigMigrationReadPermission,
  MigrationOrder,
  migrationPageSchema,
  migrationQuerySchema,
  migrationRequestSchema,
  migrationSchema,
  timelineEventSchema,
} from '@cubemig/plugin-cubemig-common';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { kubernetesIdOf } from '../pods';
import { itemsOf } from './itemsOf';
import { Route, route } from './route';
import { RouterOptions } from './RouterOptions';

/** Starting migrations and following them. */
export function createMigrationRoutes(options: RouterOptions): Route[] {
  const { access, entities, migrations, pods, store } = options;

  async function readKubernetesId(
    { entityRef }: MigrationOrder,
    credentials: BackstageCredentials,
  ) {
    if (!entityRef) return undefined;
    return kubernetesIdOf(await entities.read(entityRef, credentials));
  }

  return [
    route(
      'POST /migrations',
      {
        summary: 'Start a migration',
        description:
          'Answers as soon as the migration is stored. With entityRef, the caller must be allowed to read that entity, and the pod must be its own.',
        permission: cubemigMigrationCreatePermission,
        body: migrationRequestSchema,
        answer: migrationSchema,
        status: 202,
        audit: { eventId: 'migration-start', severityLevel: 'medium' },
      },
      async ({ body, caller, audited, requireFor }) => {
        await requireFor(body.entityRef);
        pods.requireGranted(body.namespace);
        const migration = await migrations.start(body, {
          createdBy: access.nameOf(caller),
          kubernetesId: await readKubernetesId(body, caller),
        });
        audited.migration = migration.id;
        return migration;
      },
    ),
    route(
      'GET /migrations',
      {
        summary: 'Migrations, newest first',
        permission: cubemigMigrationReadPermission,
        query: migrationQuerySchema,
        answer: migrationPageSchema,
      },
      async ({ query }) => migrations.list(query),
    ),
    route(
      'GET /migrations/:id',
      {
        summary: 'One migration: status, steps, checkpoints, failure',
        permission: cubemigMigrationReadPermission,
        answer: migrationSchema,
      },
      async ({ params }) => migrations.get(params.id),
    ),
    route(
      'GET /migrations/:id/timeline',
      {
        summary: "A migration's timeline, oldest first",
        permission: cubemigMigrationReadPermission,
        answer: itemsOf(timelineEventSchema),
      },
      async ({ params }) => {
        const { id } = await migrations.get(params.id);
        return { items: await store.listEvents(id) };
      },
    ),
  ];
}
