import { makeStyles } from '@material-ui/core/styles';
import CancelIcon from '@material-ui/icons/Cancel';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import DoneAllIcon from '@material-ui/icons/DoneAll';
import HourglassIcon from '@material-ui/icons/HourglassEmpty';
import RemoveCircleIcon from '@material-ui/icons/RemoveCircleOutline';
import { Pod } from '@cubemig/plugin-cubemig-common';
import { judgePod, PodHealth } from './podHealth';

const icons: Record<PodHealth, typeof CheckCircleIcon> = {
  ok: CheckCircleIcon,
  pending: HourglassIcon,
  failing: CancelIcon,
  stopping: RemoveCircleIcon,
  done: DoneAllIcon,
};

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.75),
    whiteSpace: 'nowrap',
  },
  icon: { fontSize: 18 },
  ok: { color: theme.palette.status.ok },
  pending: { color: theme.palette.status.warning },
  failing: { color: theme.palette.status.error },
  stopping: { color: theme.palette.status.aborted },
  done: { color: theme.palette.status.aborted },
}));

/** A pod's status with an icon that can be told apart by shape as well as by colour. */
export const PodStatus = ({ pod }: { pod: Pick<Pod, 'status' | 'ready'> }) => {
  const classes = useStyles();
  const health = judgePod(pod);
  const Icon = icons[health];
  return (
    <span className={classes.root}>
      <Icon className={`${classes.icon} ${classes[health]}`} aria-hidden />
      {pod.status}
    </span>
  );
};
