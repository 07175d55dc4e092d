import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { StaleMarker } from '../polling';
import { LoadProblem } from '../problem';
import { useWords } from '../translation';
import { EventLine } from './EventLine';
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
  note: { padding: theme.spacing(0, 2, 2) },
}));

export const TimelineEvents = (props: { id: string; isUnderWay: boolean }) => {
  const classes = useStyles();
  const t = useWords();
  const {
    value: events,
    error,
    isStale,
    updatedAt,
    refresh,
  } = useTimeline(props.id, props.isUnderWay);
  if (!events && error) {
    return (
      <LoadProblem
        title={t('tab.timelineProblem')}
        error={error}
        onRetry={refresh}
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
        {t('tab.timelineEmpty')}
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
        aria-label={t('tab.timeline')}
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
