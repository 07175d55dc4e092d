import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useState } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Tooltip from '@material-ui/core/Tooltip';
import {
  cubemigForensicsReadPermission,
  cubemigMigrationCancelPermission,
  cubemigMigrationCreatePermission,
  cubemigMigrationHoldPermission,
  Migration,
} from '@cubemig/plugin-cubemig-common';
import { useNavigate } from 'react-router-dom';
import { cubemigApiRef } from '../api';
import { ConfirmDialog, useAction } from '../confirm';
import { isActive } from '../migration';
import { usePaths } from '../page';
import { GuardedButton, useDenial } from '../permit';
import { Notice } from '../problem';
import { saveFile } from '../text';
import { useWords } from '../translation';
import { RestoreAction } from './RestoreAction';

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
  const { migrations, forensics } = useApi(cubemigApiRef);
  const paths = usePaths();
  const navigate = useNavigate();
  const [isAsking, setAsking] = useState(false);

  const noCancel = useDenial(cubemigMigrationCancelPermission, entityRef);
  const noRetry = useDenial(cubemigMigrationCreatePermission, entityRef);
  const noHold = useDenial(cubemigMigrationHoldPermission, entityRef);
  const noDownload = useDenial(cubemigForensicsReadPermission, entityRef);

  const cancel = useAction(
    useCallback(async () => {
      await migrations.cancel(id);
      setAsking(false);
    }, [migrations, id]),
    onChange,
  );
  const retry = useAction(
    useCallback(() => migrations.retry(id), [migrations, id]),
    useCallback(
      (again: Migration) => paths && navigate(paths.migration(again.id)),
      [paths, navigate],
    ),
  );
  const hold = useAction(
    useCallback(
      () => (heldBy ? migrations.release(id) : migrations.hold(id)),
      [migrations, id, heldBy],
    ),
    onChange,
  );
  const download = useAction(
    useCallback(
      async () =>
        saveFile(
          await forensics.downloadEvidence(id),
          `cubemig-${source.pod}-${id}.tar.gz`,
        ),
      [forensics, id, source.pod],
    ),
  );
  const refusal = retry.refusal ?? hold.refusal ?? download.refusal;
  const hasCheckpoints =
    migration.checkpoints.length > 0 && !migration.checkpointsRemoved;
  // A restore has none of its own: those of the migration it came from are restored there.
  const canBeRestored =
    hasCheckpoints && migration.mode !== 'restore' && !isActive(migration);
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
      {(status === 'failed' || status === 'cancelled') && (
        <GuardedButton
          size="small"
          variant="outlined"
          color="primary"
          denial={noRetry}
          disabled={retry.isBusy}
          onClick={() => retry.run()}
        >
          {t('migration.retry')}
        </GuardedButton>
      )}
      {canBeRestored && <RestoreAction migration={migration} />}
      {hasCheckpoints && (
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
      {!isActive(migration) && (
        <GuardedButton
          size="small"
          denial={noDownload}
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
