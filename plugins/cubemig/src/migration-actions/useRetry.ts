import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import {
  cubemigMigrationCreatePermission,
  Migration,
} from '@cubemig/plugin-cubemig-common';
import { useNavigate } from 'react-router-dom';
import { cubemigApiRef } from '../api';
import { useAction } from '../confirm';
import { usePaths } from '../page';
import { useDenial } from '../permit';

/** Starts a migration that did not complete from its beginning, and leads to the new attempt. */
export function useRetry({ id, entityRef, status }: Migration) {
  const { migrations } = useApi(cubemigApiRef);
  const paths = usePaths();
  const navigate = useNavigate();
  const action = useAction(
    useCallback(() => migrations.retry(id), [migrations, id]),
    useCallback(
      (again: Migration) => paths && navigate(paths.migration(again.id)),
      [paths, navigate],
    ),
  );
  return {
    ...action,
    isPossible: status === 'failed' || status === 'cancelled',
    denial: useDenial(cubemigMigrationCreatePermission, entityRef),
  };
}
