import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useState } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Tooltip from '@material-ui/core/Tooltip';
import {
  cubemigMigrationCancelPermission,
  cubemigMigrationHoldPermission,
  Migration,
} from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { ConfirmDialog, useAction } from '../confirm';
import {
  hasCheckpoints,
  useDownload,
  useRestore,
  useRetry,
} from '../migration-actions';
import { GuardedButton, useDenial } from '../permit';
import { Notice } from '../problem';
import { useWords } from '../translation';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
  },
  refusal: { flexBasis: '100%' },
}));

/** What can be done with a migration: stop it, try it again, restore or keep its checkpoints, take all of it home. */
export const MigrationActions = (props: {
  migration: Migration;
  onChange(): void;
}) => {
  const { migration, onChange } = props;
  const { id, entityRef, status, heldBy, source } = migration;
  const classes = useStyles();
  const t = useWords();
  const { migrations } = useApi(cubemigApiRef);
  const [isAsking, setAsking] = useState(false);

  const noCancel = useDenial(cubemigMigrationCancelPermission, entityRef);
  const noHold = useDenial(cubemigMigrationHoldPermission, entityRef);
  const retry = useRetry(migration);
  const restore = useRestore(migration);
  const download = useDownload(migration);

  const cancel = useAction(
    useCallback(async () => {
      await migrations.cancel(id);
      setAsking(false);
    }, [migrations, id]),
    onChange,
  );
  const hold = useAction(
    useCallback(
      () => (heldBy ? migrations.release(id) : migrations.hold(id)),
      [migrations, id, heldBy],
    ),
    onChange,
  );
  const refusal =
    retry.refusal ?? restore.refusal ?? hold.refusal ?? download.refusal;
  const canBeCancelled = status === 'queued' || status === 'running';

  return (
    <div className={classes.root}>
      {canBeCancelled && !migration.cancelledBy && (
        <GuardedButton
          size="small"
          variant="outlined"
          denial={noCancel}
          onClick={() => setAsking(true)}
        >
          {t('migration.cancel')}
        </GuardedButton>
      )}
      {retry.isPossible && (
        <GuardedButton
          size="small"
          variant="outlined"
          color="primary"
          denial={retry.denial}
          disabled={retry.isBusy}
          onClick={() => retry.run()}
        >
          {t('migration.retry')}
        </GuardedButton>
      )}
      {restore.isPossible && (
        <GuardedButton
          size="small"
          variant="outlined"
          denial={restore.denial}
          disabled={restore.isBusy}
          onClick={() => restore.run()}
        >
          {t('migration.restore')}
        </GuardedButton>
      )}
      {restore.dialog}
      {hasCheckpoints(migration) && (
        <Tooltip title={noHold ? '' : t('migration.holdDetail')}>
          <span>
            <GuardedButton
              size="small"
              denial={noHold}
              disabled={hold.isBusy}
              onClick={() => hold.run()}
            >
              {t(heldBy ? 'migration.release' : 'migration.hold')}
            </GuardedButton>
          </span>
        </Tooltip>
      )}
      {download.isPossible && (
        <GuardedButton
          size="small"
          denial={download.denial}
          disabled={download.isBusy}
          onClick={() => download.run()}
        >
          {t('migration.downloadAll')}
        </GuardedButton>
      )}
      {refusal && (
        <Notice severity="error" className={classes.refusal}>
          {refusal.message}
        </Notice>
      )}
      {isAsking && (
        <ConfirmDialog
          title={t('migration.cancelTitle')}
          verb={t('migration.cancel')}
          cancelWord={t('migration.cancelKeep')}
          isBusy={cancel.isBusy}
          refusal={cancel.refusal}
          onConfirm={() => cancel.run()}
          onClose={() => setAsking(false)}
        >
          {t('migration.cancelDetail', {
            pod: source.pod,
            cluster: source.cluster,
          })}
        </ConfirmDialog>
      )}
    </div>
  );
};
