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
import { usePaths } from '../page';
import { GuardedButton, useDenial } from '../permit';
import { Notice } from '../problem';
import { useWords } from '../translation';

/** Starts a migration's stored checkpoints in a cluster. */
export const RestoreAction = ({ migration }: { migration: Migration }) => {
  const { entityRef } = migration;
  const t = useWords();
  const api = useApi(cubemigApiRef);
  const paths = usePaths();
  const navigate = useNavigate();
  const denial = useDenial(cubemigMigrationCreatePermission, entityRef);
  const [clusters, setClusters] = useState<Cluster[]>();
  const open = useAction(
    useCallback(() => api.clusters.list(), [api]),
    setClusters,
  );
  const close = () => setClusters(undefined);
  return (
    <>
      <GuardedButton
        size="small"
        variant="outlined"
        denial={denial}
        disabled={open.isBusy}
        onClick={() => open.run()}
      >
        {t('migration.restore')}
      </GuardedButton>
      {open.refusal && <Notice severity="error">{open.refusal.message}</Notice>}
      {clusters && (
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
      )}
    </>
  );
};
