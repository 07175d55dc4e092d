import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { DateTime } from 'luxon';
import { TimelineEvent } from '@cubemig/plugin-cubemig-common';
import { StaleMarker } from '../polling';
import { ProblemNote, readRefusal } from '../problem';
import { stepTitles } from './stepWords';
import { useTimeline } from './useTimeline';

const useStyles = makeStyles(theme => ({
  list: {
    margin: 0,
    padding: theme.spacing(0, 2, 2),
    listStyle: 'none',
    maxHeight: 360,
    overflowY: 'auto',
    fontSize: '0.8125rem',
  },
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
  note: { padding: theme.spacing(0, 2, 2) },
}));

export const TimelineEvents = (props: { id: string; isUnderWay: boolean }) => {
  const classes = useStyles();
  const {
    value: events,
    error,
    isStale,
    updatedAt,
    refresh,
  } = useTimeline(props.id, props.isUnderWay);
  if (!events && error) {
    return (
      <ProblemNote
        title="The timeline could not be read"
        message={readRefusal(error).message}
        action={
          <Button color="inherit" size="small" onClick={refresh}>
            Try again
          </Button>
        }
      />
    );
  }
  if (!events) {
    return (
      <div className={classes.note} aria-busy>
        <Skeleton />
        <Skeleton width="80%" />
      </div>
    );
  }
  if (events.length === 0) {
    return (
      <Typography variant="body2" className={classes.note}>
        Nothing has happened yet.
      </Typography>
    );
  }
  return (
    <>
      {isStale && (
        <div className={classes.note}>
          <StaleMarker since={updatedAt!} />
        </div>
      )}
      <ol
        className={classes.list}
        aria-label="Timeline"
        // A scrolling list has to be reachable by keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        {events.map(event => (
          <EventLine key={event.sequence} event={event} />
        ))}
      </ol>
    </>
  );
};

const EventLine = ({ event }: { event: TimelineEvent }) => {
  const classes = useStyles();
  return (
    <li className={classes.event}>
      <time dateTime={event.time} className={classes.quiet}>
        {DateTime.fromISO(event.time).toFormat('HH:mm:ss.SSS')}
      </time>
      <span className={classes.quiet}>
        {event.step && stepTitles[event.step]}
      </span>
      <span className={classes.message}>
        {event.level !== 'info' && (
          <span className={classes.level}>
            {event.level === 'error' ? 'Error:' : 'Warning:'}
          </span>
        )}
        {event.message}
      </span>
    </li>
  );
};
