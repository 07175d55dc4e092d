import {
  courierEventSchema,
  cubemigMigrationReadPermission,
  migrationManifestsSchema,
} from '@cubemig/plugin-cubemig-common';
import { Clusters } from '../clusters';
import { readCourierEvents, readManifests } from '../logs';
import { MigrationService, MigrationStore } from '../migration';
import { itemsOf } from './itemsOf';
import { Route, route } from './route';

const permission = cubemigMigrationReadPermission;

/** What lies behind a migration: its pods, and its courier's own words. */
export function createInsightRoutes(options: {
  clusters: Clusters;
  courierNamespace: string;
  migrations: MigrationService;
  store: MigrationStore;
}): Route[] {
  const { clusters, courierNamespace, migrations, store } = options;
  return [
    route(
      'GET /migrations/:id/manifests',
      {
        summary: "A migration's pods as YAML",
        description:
          'The source as it was before the checkpoint, the target as it is. Secrets are masked.',
        permission,
        answer: migrationManifestsSchema,
      },
      async ({ params }) =>
        readManifests(await migrations.get(params.id), { clusters, store }),
    ),
    route(
      'GET /migrations/:id/courier-events',
      {
        summary: 'What the courier says while it works',
        description: 'Its log goes with its Job; the timeline stays.',
        permission,
        answer: itemsOf(courierEventSchema),
      },
      async ({ params }) => {
        const migration = await migrations.get(params.id);
        const client = await clusters.getClient(migration.source.cluster);
        return {
          items: await readCourierEvents(migration, client, courierNamespace),
        };
      },
    ),
  ];
}
