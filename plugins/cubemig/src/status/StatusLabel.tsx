import { ComponentType, ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { SvgIconProps } from '@material-ui/core/SvgIcon';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    verticalAlign: 'middle',
    alignItems: 'center',
    gap: theme.spacing(0.75),
    whiteSpace: 'nowrap',
  },
  icon: { fontSize: 18 },
  ok: { color: theme.palette.status.ok },
  running: { color: theme.palette.status.running },
  warning: { color: theme.palette.status.warning },
  error: { color: theme.palette.status.error },
  quiet: { color: theme.palette.status.aborted },
}));

/** How a status is to be seen at a glance. */
export type StatusTone = 'ok' | 'running' | 'warning' | 'error' | 'quiet';

/** A status as a word with an icon, to be told apart by shape as well as by colour. */
export const StatusLabel = (props: {
  tone: StatusTone;
  Icon: ComponentType<SvgIconProps>;
  children: ReactNode;
}) => {
  const { tone, Icon, children } = props;
  const classes = useStyles();
  return (
    <span className={classes.root}>
      <Icon className={`${classes.icon} ${classes[tone]}`} aria-hidden />
      {children}
    </span>
  );
};
