import CircularProgress from '@material-ui/core/CircularProgress';
import { makeStyles } from '@material-ui/core/styles';
import CancelIcon from '@material-ui/icons/Cancel';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import PendingIcon from '@material-ui/icons/RadioButtonUnchecked';
import SkippedIcon from '@material-ui/icons/RemoveCircleOutline';
import UndoneIcon from '@material-ui/icons/Undo';
import { StepStatus } from '@cubemig/plugin-cubemig-common';
import { useWords } from '../translation';

const useStyles = makeStyles(theme => ({
  running: { color: theme.palette.status.running, padding: 2 },
  succeeded: { color: theme.palette.status.ok },
  failed: { color: theme.palette.status.error },
  quiet: { color: theme.palette.text.secondary },
  pending: { color: theme.palette.text.disabled },
}));

/** A step's status as a mark; each has its own shape and its own word for those who do not see it. */
export const StepMark = ({ status }: { status: StepStatus }) => {
  const classes = useStyles();
  const t = useWords();
  const word = t(`migration.stepStatuses.${status}`);
  switch (status) {
    case 'running':
      return (
        <CircularProgress
          size={24}
          thickness={5}
          className={classes.running}
          aria-label={word}
        />
      );
    case 'succeeded':
      return (
        <CheckCircleIcon className={classes.succeeded} titleAccess={word} />
      );
    case 'failed':
      return <CancelIcon className={classes.failed} titleAccess={word} />;
    case 'undone':
      return <UndoneIcon className={classes.quiet} titleAccess={word} />;
    case 'skipped':
      return <SkippedIcon className={classes.pending} titleAccess={word} />;
    default:
      return <PendingIcon className={classes.pending} titleAccess={word} />;
  }
};
