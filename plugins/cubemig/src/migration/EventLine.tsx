import { makeStyles } from '@material-ui/core/styles';
import { DateTime } from 'luxon';
import { TimelineEvent } from '@cubemig/plugin-cubemig-common';
import { Marked } from '../text';
import { useWords } from '../translation';

const useStyles = makeStyles(theme => ({
  event: {
    display: 'grid',
    gridTemplateColumns: 'auto 72px minmax(0, 1fr)',
    columnGap: theme.spacing(1.5),
    padding: theme.spacing(0.5, 0),
    borderTop: `1px solid ${theme.palette.divider}`,
    [theme.breakpoints.down('xs')]: {
      gridTemplateColumns: 'auto minmax(0, 1fr)',
    },
  },
  quiet: {
    color: theme.palette.text.secondary,
    fontVariantNumeric: 'tabular-nums',
  },
  message: {
    overflowWrap: 'anywhere',
    [theme.breakpoints.down('xs')]: { gridColumn: '1 / -1' },
  },
  level: { fontWeight: 600, marginRight: theme.spacing(0.5) },
}));

/** One event of a timeline: when, at which step, and what happened. */
export const EventLine = ({ event }: { event: TimelineEvent }) => {
  const classes = useStyles();
  const t = useWords();
  return (
    <li className={classes.event}>
      <time dateTime={event.time} className={classes.quiet}>
        {DateTime.fromISO(event.time).toFormat('HH:mm:ss.SSS')}
      </time>
      <span className={classes.quiet}>
        {event.step && t(`steps.titles.${event.step}`)}
      </span>
      <span className={classes.message}>
        {event.level !== 'info' && (
          <span className={classes.level}>
            {t(event.level === 'error' ? 'tab.error' : 'tab.warning')}
          </span>
        )}
        <Marked text={event.message} />
      </span>
    </li>
  );
};
