import { createPermission } from '@backstage/plugin-permission-common';

/** To see clusters, their namespaces, nodes and pods. */
export const cubemigClusterReadPermission = createPermission({
  name: 'cubemig.cluster.read',
  attributes: { action: 'read' },
});

/** To see migrations and their timelines. */
export const cubemigMigrationReadPermission = createPermission({
  name: 'cubemig.migration.read',
  attributes: { action: 'read' },
});

/** To start a migration. */
export const cubemigMigrationCreatePermission = createPermission({
  name: 'cubemig.migration.create',
  attributes: { action: 'create' },
});

/** All of CubeMig's permissions. */
export const cubemigPermissions = [
  cubemigClusterReadPermission,
  cubemigMigrationReadPermission,
  cubemigMigrationCreatePermission,
];
