import { makeStyles } from '@material-ui/core/styles';
import { Migration } from '@cubemig/plugin-cubemig-common';
import { isActive } from '../migration';
import { formatDuration, useNow } from '../time';
import { useWords } from '../translation';
import { GanttRow, ganttLength, ganttRows, ganttTicks } from './ganttRows';

const TICK = 250;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr) auto',
    alignItems: 'center',
    columnGap: theme.spacing(1.5),
    rowGap: theme.spacing(0.5),
    margin: 0,
    padding: 0,
    listStyle: 'none',
    fontSize: '0.875rem',
    [theme.breakpoints.down('xs')]: {
      gridTemplateColumns: 'minmax(0, 1fr) auto',
    },
  },
  row: {
    display: 'contents',
    // A name and its duration, and the bar below them
    [theme.breakpoints.down('xs')]: {
      display: 'grid',
      gridColumn: '1 / -1',
      gridTemplateColumns: 'minmax(0, 1fr) auto',
    },
  },
  label: { overflowWrap: 'anywhere', fontWeight: 500 },
  phase: {
    fontWeight: 400,
    fontSize: '0.8125rem',
    paddingLeft: theme.spacing(2),
    color: theme.palette.text.secondary,
  },
  unreached: { color: theme.palette.text.secondary, fontWeight: 400 },
  track: {
    position: 'relative',
    height: 16,
    borderRadius: 2,
    backgroundColor: theme.palette.action.hover,
    [theme.breakpoints.down('xs')]: { gridColumn: '1 / -1', gridRow: 2 },
  },
  thin: { height: 10 },
  bar: {
    position: 'absolute',
    top: 0,
    bottom: 0,
    // What took no time is still to be seen.
    minWidth: 3,
    borderRadius: 2,
  },
  pending: {},
  running: { backgroundColor: theme.palette.status.running },
  succeeded: { backgroundColor: theme.palette.status.ok },
  failed: { backgroundColor: theme.palette.status.error },
  undone: { backgroundColor: theme.palette.status.aborted },
  skipped: {},
  duration: {
    textAlign: 'right',
    whiteSpace: 'nowrap',
    fontVariantNumeric: 'tabular-nums',
    color: theme.palette.text.secondary,
  },
  axis: {
    gridColumn: '2 / 3',
    position: 'relative',
    height: 18,
    fontSize: '0.75rem',
    color: theme.palette.text.secondary,
    [theme.breakpoints.down('xs')]: { gridColumn: '1 / -1' },
  },
  tick: {
    position: 'absolute',
    whiteSpace: 'nowrap',
    paddingLeft: 3,
    borderLeft: `1px solid ${theme.palette.divider}`,
  },
}));

/** A migration's steps over time; containers that are saved side by side stand below each other. */
export const Gantt = ({ migration }: { migration: Migration }) => {
  const classes = useStyles();
  const t = useWords();
  const now = useNow(isActive(migration) ? TICK : undefined);
  const rows = ganttRows(migration, now);
  const length = ganttLength(rows);
  const share = (ms: number) => `${(100 * ms) / length}%`;

  const nameOf = ({ step, phase }: GanttRow) => {
    if (!phase) return t(`steps.titles.${step}`);
    const container =
      migration.checkpoints.length > 1 || hasManyContainers(rows)
        ? `${phase.container}: `
        : '';
    return `${container}${t(`steps.phases.${phase.name}`)}`;
  };

  return (
    <ol className={classes.root} aria-label={t('migration.stepsTitle')}>
      {rows.map(row => {
        const { bar, phase, status } = row;
        const name = nameOf(row);
        const look = [
          classes.label,
          phase && classes.phase,
          !bar && classes.unreached,
        ];
        return (
          <li key={row.id} className={classes.row} data-status={status}>
            <span className={look.filter(Boolean).join(' ')}>{name}</span>
            <span
              className={`${classes.track} ${phase ? classes.thin : ''}`}
              role="img"
              aria-label={t(`migration.stepStatuses.${status}`)}
            >
              {bar && (
                <span
                  className={`${classes.bar} ${classes[status]}`}
                  style={{
                    left: `min(${share(bar.from)}, calc(100% - 3px))`,
                    width: share(bar.duration),
                  }}
                />
              )}
            </span>
            <span className={classes.duration}>
              {bar
                ? formatDuration(bar.duration)
                : t(`migration.stepStatuses.${status}`)}
            </span>
          </li>
        );
      })}
      <li className={classes.axis} aria-hidden>
        {ganttTicks(length).map(tick => (
          <span
            key={tick}
            className={classes.tick}
            style={{ left: share(tick) }}
          >
            {formatDuration(tick)}
          </span>
        ))}
      </li>
    </ol>
  );
};

function hasManyContainers(rows: GanttRow[]): boolean {
  return new Set(rows.flatMap(({ phase }) => phase?.container ?? [])).size > 1;
}
