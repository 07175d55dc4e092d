import { usePermission } from '@backstage/plugin-permission-react';
import { cubemigMigrationCreatePermission } from '@cubemig/plugin-cubemig-common';

/** Why this user may not migrate this entity's pods; undefined if they may. */
export function useDenial(entityRef: string): string | undefined {
  const { loading, allowed } = usePermission({
    permission: cubemigMigrationCreatePermission,
    resourceRef: entityRef,
  });
  if (allowed) return undefined;
  return loading
    ? 'Your permissions are being checked.'
    : `You may not start migrations: ask an administrator for the permission ${cubemigMigrationCreatePermission.name}.`;
}
