import { useApi } from '@backstage/frontend-plugin-api';
import {
  AuthorizeResult,
  Permission,
} from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import useAsync from 'react-use/esm/useAsync';
import { useWords } from '../translation';

/**
 * Why this user may not do something; undefined if they may. A permission that is tied to an entity cannot be asked for
 * without one (Backstage's permission backend refuses that to users): then it is tried, and the backend's refusal shown.
 */
export function useDenial(
  permission: Permission,
  entityRef?: string,
): string | undefined {
  const t = useWords();
  const api = useApi(permissionApiRef);
  const { value, error } = useAsync(async () => {
    if (permission.type !== 'resource') {
      return (await api.authorize({ permission })).result;
    }
    return entityRef
      ? (await api.authorize({ permission, resourceRef: entityRef })).result
      : AuthorizeResult.ALLOW;
  }, [api, permission, entityRef]);
  if (value === AuthorizeResult.ALLOW) return undefined;
  return value || error
    ? t('common.denied', { permission: permission.name })
    : t('common.checkingPermission');
}
