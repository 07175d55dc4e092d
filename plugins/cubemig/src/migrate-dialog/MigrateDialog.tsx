import { FormEvent, useState } from 'react';
import Button from '@material-ui/core/Button';
import CircularProgress from '@material-ui/core/CircularProgress';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { Cluster, Migration, Pod } from '@cubemig/plugin-cubemig-common';
import { ProblemNote } from '../problem';
import { NoTarget } from './NoTarget';
import { ReasonField } from './ReasonField';
import { TargetField } from './TargetField';
import { findTargets, titleOf } from './targets';
import { useStartMigration } from './useStartMigration';
import { WhatWillHappen } from './WhatWillHappen';

const useStyles = makeStyles(theme => ({
  content: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    alignContent: 'start',
    gap: theme.spacing(2.5),
  },
  pod: { fontWeight: 600, overflowWrap: 'anywhere' },
  actions: { padding: theme.spacing(2, 3) },
}));

/** Asks where a pod shall go and why, says what that means, and starts the migration. */
export const MigrateDialog = (props: {
  pod: Pod;
  clusters: Cluster[];
  entityRef: string;
  onClose(): void;
  onStarted(migration: Migration): void;
}) => {
  const { pod, clusters, entityRef, onClose, onStarted } = props;
  const classes = useStyles();
  const isSmall = useMediaQuery(useTheme().breakpoints.down('xs'));
  const { targets, excluded } = findTargets(clusters, pod);
  const [chosen, setChosen] = useState(
    targets.length === 1 ? targets[0].name : '',
  );
  const [reason, setReason] = useState('');
  const { start, isBusy, refusal } = useStartMigration(onStarted);

  // A cluster that became unreachable meanwhile is no target any more.
  const target = targets.some(({ name }) => name === chosen) ? chosen : '';
  const source = titleOf(clusters, pod.cluster);
  const targetTitle = target && titleOf(clusters, target);
  const errorOf = (field: string) =>
    refusal?.field === field ? refusal.message : undefined;
  const isAtAField = ['targetCluster', 'reason'].includes(refusal?.field ?? '');

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!target || isBusy) return;
    start({
      sourceCluster: pod.cluster,
      targetCluster: target,
      namespace: pod.namespace,
      pod: pod.name,
      podUid: pod.uid,
      entityRef,
      reason: reason.trim() || undefined,
    });
  };

  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      fullScreen={isSmall}
      aria-labelledby="migrate-dialog-title"
      onClose={isBusy ? undefined : onClose}
    >
      <form onSubmit={submit} noValidate style={{ display: 'contents' }}>
        <DialogTitle id="migrate-dialog-title">
          Migrate to another cluster
        </DialogTitle>
        <DialogContent className={classes.content}>
          <Typography variant="body1">
            <span className={classes.pod}>{pod.name}</span> runs in {source}
            {pod.owner && `, owned by ${pod.owner.kind} ${pod.owner.name}`}.
          </Typography>
          {targets.length > 0 ? (
            <>
              <TargetField
                value={target}
                targets={targets}
                excluded={excluded}
                error={errorOf('targetCluster')}
                isDisabled={isBusy}
                isFocused={!target}
                onChange={setChosen}
              />
              <ReasonField
                value={reason}
                error={errorOf('reason')}
                isDisabled={isBusy}
                isFocused={Boolean(target)}
                onChange={setReason}
              />
              <WhatWillHappen source={source} target={targetTitle} />
            </>
          ) : (
            <NoTarget excluded={excluded} />
          )}
          {refusal && (
            <ProblemNote
              title="The migration was not started"
              message={
                isAtAField
                  ? 'The field marked above needs another value.'
                  : refusal.message
              }
            />
          )}
        </DialogContent>
        <DialogActions className={classes.actions}>
          <Button onClick={onClose} disabled={isBusy}>
            Cancel
          </Button>
          <Button
            type="submit"
            color="primary"
            variant="contained"
            disabled={!target || isBusy}
            startIcon={
              isBusy ? (
                <CircularProgress size={16} color="inherit" />
              ) : undefined
            }
          >
            {isBusy
              ? 'Starting'
              : `Migrate${targetTitle ? ` to ${targetTitle}` : ''}`}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
};
