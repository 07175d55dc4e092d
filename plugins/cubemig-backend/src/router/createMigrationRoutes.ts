import {
  cubemigMigrationCreatePermission,
  cubemigMigrationReadPermission,
  migrationPageSchema,
  migrationQuerySchema,
  migrationRequestSchema,
  migrationSchema,
  timelineEventSchema,
} from '@cubemig/plugin-cubemig-common';
import { z } from 'zod';
import { MigrationService, MigrationStore } from '../migration';
import { itemsOf } from './itemsOf';
import { OrderDesk } from './OrderDesk';
import { Route, route } from './route';

const permission = cubemigMigrationReadPermission;

/** Starting migrations and following them. */
export function createMigrationRoutes(options: {
  desk: OrderDesk;
  migrations: MigrationService;
  store: MigrationStore;
}): Route[] {
  const { desk, migrations, store } = options;
  return [
    route(
      'POST /migrations',
      {
        summary: 'Start a migration',
        description:
          'Answers as soon as the migration is stored. With entityRef, the caller must be allowed to read that entity, and the pod must be its own. Without, the migration is shown on the entity that the pod names by its label.',
        permission: cubemigMigrationCreatePermission,
        body: migrationRequestSchema,
        answer: migrationSchema,
        status: 202,
        audit: { eventId: 'migration-start', severityLevel: 'medium' },
      },
      async ({ body, caller, audited, requireFor }) => {
        const context = await desk.admit(body, caller, requireFor);
        const migration = await migrations.start(body, context);
        audited.migration = migration.id;
        return migration;
      },
    ),
    route(
      'GET /migrations',
      {
        summary: 'Migrations, by page; newest first unless asked otherwise',
        permission,
        query: migrationQuerySchema,
        answer: migrationPageSchema,
      },
      async ({ query }) => migrations.list(query),
    ),
    route(
      'GET /migrations/:id',
      {
        summary: 'One migration: status, steps, checkpoints, figures, failure',
        permission,
        answer: migrationSchema,
      },
      async ({ params }) => migrations.get(params.id),
    ),
    route(
      'GET /migrations/:id/timeline',
      {
        summary: "A migration's timeline, oldest first",
        description: 'With after, only what has come since that sequence.',
        permission,
        query: z.strictObject({
          after: z.coerce.number().int().min(0).optional(),
        }),
        answer: itemsOf(timelineEventSchema),
      },
      async ({ params, query }) => {
        const { id } = await migrations.get(params.id);
        return { items: await store.listEvents(id, query.after) };
      },
    ),
  ];
}
