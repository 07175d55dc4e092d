import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useState } from 'react';
import {
  Cluster,
  cubemigMigrationCreatePermission,
  Migration,
} from '@cubemig/plugin-cubemig-common';
import { useNavigate } from 'react-router-dom';
import { cubemigApiRef } from '../api';
import { useAction } from '../confirm';
import { MigrateDialog, passengerOf } from '../migrate-dialog';
import { isActive } from '../migration';
import { usePaths } from '../page';
import { useDenial } from '../permit';
import { hasCheckpoints } from './hasCheckpoints';

/** Starts a migration's stored checkpoints in a cluster: `run` opens the `dialog`, which the caller shows. */
export function useRestore(migration: Migration, onOpen?: () => void) {
  const { entityRef, mode } = migration;
  const { clusters: api } = useApi(cubemigApiRef);
  const paths = usePaths();
  const navigate = useNavigate();
  const [clusters, setClusters] = useState<Cluster[]>();
  const action = useAction(
    useCallback(() => api.list(), [api]),
    useCallback(
      (found: Cluster[]) => {
        setClusters(found);
        onOpen?.();
      },
      [onOpen],
    ),
  );
  const close = () => setClusters(undefined);
  return {
    ...action,
    // A restore has none of its own: those of the migration it came from are restored there.
    isPossible:
      hasCheckpoints(migration) && mode !== 'restore' && !isActive(migration),
    denial: useDenial(cubemigMigrationCreatePermission, entityRef),
    dialog: clusters && (
      <MigrateDialog
        pod={passengerOf(migration)}
        clusters={clusters}
        entityRef={entityRef}
        onClose={close}
        onStarted={({ id }) => {
          close();
          if (paths) navigate(paths.migration(id));
        }}
      />
    ),
  };
}
