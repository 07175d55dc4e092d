import { useApi } from '@backstage/frontend-plugin-api';
import {
  AuthorizeResult,
  Permission,
} from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import useAsync from 'react-use/esm/useAsync';
import { useWords } from '../translation';

/**
 * Why this user may not do something; undefined if they may. Permissions that are tied to an entity are asked for that
 * entity or, without one, for all entities, which `usePermission` cannot ask.
 */
export function useDenial(
  permission: Permission,
  entityRef?: string,
): string | undefined {
  const t = useWords();
  const api = useApi(permissionApiRef);
  const { value, error } = useAsync(
    () =>
      api.authorize(
        permission.type === 'resource'
          ? { permission, resourceRef: entityRef! }
          : { permission },
      ),
    [api, permission, entityRef],
  );
  if (value?.result === AuthorizeResult.ALLOW) return undefined;
  return value || error
    ? t('common.denied', { permission: permission.name })
    : t('common.checkingPermission');
}
