import { makeStyles } from '@material-ui/core/styles';
import AutorenewIcon from '@material-ui/icons/Autorenew';
import CancelIcon from '@material-ui/icons/Cancel';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import ScheduleIcon from '@material-ui/icons/Schedule';
import UndoIcon from '@material-ui/icons/Undo';
import { MigrationStatus } from '@cubemig/plugin-cubemig-common';

const looks: Record<
  MigrationStatus,
  { word: string; Icon: typeof CancelIcon }
> = {
  queued: { word: 'Queued', Icon: ScheduleIcon },
  running: { word: 'Running', Icon: AutorenewIcon },
  undoing: { word: 'Undoing', Icon: UndoIcon },
  completed: { word: 'Completed', Icon: CheckCircleIcon },
  failed: { word: 'Failed', Icon: CancelIcon },
};

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.75),
    whiteSpace: 'nowrap',
  },
  icon: { fontSize: 18 },
  queued: { color: theme.palette.status.aborted },
  running: { color: theme.palette.status.running },
  undoing: { color: theme.palette.status.warning },
  completed: { color: theme.palette.status.ok },
  failed: { color: theme.palette.status.error },
}));

export const MigrationStatusLabel = (props: { status: MigrationStatus }) => {
  const classes = useStyles();
  const { word, Icon } = looks[props.status];
  return (
    <span className={classes.root}>
      <Icon
        className={`${classes.icon} ${classes[props.status]}`}
        aria-hidden
      />
      {word}
    </span>
  );
};
