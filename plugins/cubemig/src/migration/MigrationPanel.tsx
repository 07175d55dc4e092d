import { Link } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import IconButton from '@material-ui/core/IconButton';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Tooltip from '@material-ui/core/Tooltip';
import CloseIcon from '@material-ui/icons/Close';
import { Migration } from '@cubemig/plugin-cubemig-common';
import { usePaths } from '../page';
import { LoadProblem } from '../problem';
import { useWords } from '../translation';
import { useMigration } from './useMigration';
import { MigrationHeader } from './MigrationHeader';
import { MigrationOutcome } from './MigrationOutcome';
import { MigrationSkeleton } from './MigrationSkeleton';
import { isActive } from './progress';
import { StepList } from './StepList';
import { Timeline } from './Timeline';

const useStyles = makeStyles(theme => ({
  root: {
    border: `1px solid ${theme.palette.divider}`,
    borderTopWidth: 3,
  },
  queued: { borderTopColor: theme.palette.status.aborted },
  running: { borderTopColor: theme.palette.status.running },
  completed: { borderTopColor: theme.palette.status.ok },
  failed: { borderTopColor: theme.palette.status.error },
  cancelled: { borderTopColor: theme.palette.text.disabled },
  undoing: { borderTopColor: theme.palette.status.warning },
  body: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 400px), 1fr))',
    gap: theme.spacing(3),
    padding: theme.spacing(2),
  },
  steps: { minWidth: 0 },
  outcome: {
    minWidth: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
  },
  // On small screens what came of it is read first, and the steps on demand.
  finished: { [theme.breakpoints.down('sm')]: { order: -1 } },
}));

/** One migration: how far it is, what came of it, and its log. */
export const MigrationPanel = (props: {
  id: string;
  onClose(): void;
  /** A way to show the pod that a migration made; undefined if it is gone since. */
  findPod(migration: Migration): (() => void) | undefined;
}) => {
  const { id, onClose, findPod } = props;
  const classes = useStyles();
  const t = useWords();
  const paths = usePaths();
  const {
    value: migration,
    error,
    isStale,
    updatedAt,
    refresh,
  } = useMigration(id);

  if (!migration && error) {
    return (
      <LoadProblem
        title={t('migration.pageProblem')}
        error={error}
        onRetry={refresh}
        action={
          <Button color="inherit" size="small" onClick={onClose}>
            {t('common.close')}
          </Button>
        }
      />
    );
  }
  if (!migration) return <MigrationSkeleton />;

  return (
    <Paper
      elevation={0}
      component="section"
      className={`${classes.root} ${classes[migration.status]}`}
      aria-label={t('migration.pageLabel', { pod: migration.source.pod })}
    >
      <MigrationHeader
        migration={migration}
        staleSince={isStale ? updatedAt : undefined}
      >
        {paths && (
          <Link to={paths.migration(id)}>{t('migration.openPage')}</Link>
        )}
        <Tooltip title={t('common.close')}>
          <IconButton
            size="small"
            onClick={onClose}
            aria-label={t('migration.close')}
          >
            <CloseIcon />
          </IconButton>
        </Tooltip>
      </MigrationHeader>
      <div className={classes.body}>
        <div className={classes.steps}>
          <StepList migration={migration} />
        </div>
        <div
          className={`${classes.outcome} ${
            isActive(migration) ? '' : classes.finished
          }`}
        >
          <MigrationOutcome migration={migration} findPod={findPod} />
          <Timeline id={id} isUnderWay={isActive(migration)} />
        </div>
      </div>
    </Paper>
  );
};
