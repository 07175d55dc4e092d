import {
  cubemigMigrationCreatePermission,
  migrationRequestSchema,
  MigrationOrder,
  Plan,
  planSchema,
} from '@cubemig/plugin-cubemig-common';
import { OrderDesk } from './OrderDesk';
import { Route, route } from './route';

/** What a migration would do, before anything is touched. */
export function createPlanRoutes(options: {
  desk: OrderDesk;
  plan: (order: MigrationOrder) => Promise<Plan>;
}): Route[] {
  const { desk, plan } = options;
  return [
    route(
      'POST /migrations/plan',
      {
        summary: 'What a migration would do, and what stands against it',
        description:
          'Takes what POST /migrations takes. Reads both clusters and changes nothing.',
        permission: cubemigMigrationCreatePermission,
        body: migrationRequestSchema,
        answer: planSchema,
      },
      async ({ body, caller, requireFor }) => {
        await desk.admit(body, caller, requireFor);
        const { sourceCluster: cluster, namespace, pod: name } = body;
        const pod = { cluster, namespace, name };
        // What has been stored belongs to its migration's entity; that was looked at already.
        if (body.mode !== 'restore') {
          await desk.admitPod(pod, body.entityRef, caller, requireFor);
        }
        return plan(body);
      },
    ),
  ];
}
