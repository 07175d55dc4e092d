import {
  cubemigMigrationCancelPermission,
  cubemigMigrationCreatePermission,
  cubemigMigrationHoldPermission,
  migrationSchema,
} from '@cubemig/plugin-cubemig-common';
import { MigrationService } from '../migration';
import { Access } from './Access';
import { OrderDesk } from './OrderDesk';
import { Route, route } from './route';

/** What can be done with a migration once it is there. */
export function createMigrationActionRoutes(options: {
  access: Access;
  desk: OrderDesk;
  migrations: MigrationService;
}): Route[] {
  const { access, desk, migrations } = options;
  return [
    route(
      'POST /migrations/:id/cancel',
      {
        summary: 'Stop a migration and take back what it made',
        description:
          'One that waits is over at once; one that runs is undone. Refused (409) once the source is being stopped.',
        permission: cubemigMigrationCancelPermission,
        answer: migrationSchema,
        status: 202,
        audit: { eventId: 'migration-cancel', severityLevel: 'medium' },
      },
      async ({ params: { id }, caller, requireFor }) => {
        await requireFor((await migrations.get(id)).entityRef);
        return migrations.cancel(id, access.nameOf(caller));
      },
    ),
    route(
      'POST /migrations/:id/retry',
      {
        summary: 'Start a failed or cancelled migration again',
        description: 'As a migration of its own, with the same order.',
        permission: cubemigMigrationCreatePermission,
        answer: migrationSchema,
        status: 202,
        audit: { eventId: 'migration-retry', severityLevel: 'medium' },
      },
      async ({ params: { id }, caller, audited, requireFor }) => {
        const { order } = await migrations.get(id);
        const context = await desk.admit(order, caller, requireFor);
        const migration = await migrations.retry(id, context);
        audited.migration = migration.id;
        return migration;
      },
    ),
    route(
      'POST /migrations/:id/hold',
      {
        summary: "Keep a migration's checkpoints as evidence",
        description: 'Retention never deletes what is held.',
        permission: cubemigMigrationHoldPermission,
        answer: migrationSchema,
        audit: { eventId: 'migration-hold', severityLevel: 'low' },
      },
      async ({ params: { id }, caller, requireFor }) => {
        await requireFor((await migrations.get(id)).entityRef);
        return migrations.hold(id, access.nameOf(caller));
      },
    ),
    route(
      'POST /migrations/:id/release',
      {
        summary: "Leave a migration's checkpoints to retention again",
        permission: cubemigMigrationHoldPermission,
        answer: migrationSchema,
        audit: { eventId: 'migration-release', severityLevel: 'medium' },
      },
      async ({ params: { id }, requireFor }) => {
        await requireFor((await migrations.get(id)).entityRef);
        return migrations.release(id);
      },
    ),
  ];
}
