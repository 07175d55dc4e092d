import { KeyboardEvent, useRef, useState } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Tooltip from '@material-ui/core/Tooltip';
import { DateTime } from 'luxon';
import { useWords } from '../translation';
import { Bar } from './barsOf';
import { usePriorityColors } from './usePriorityColors';

const HEIGHT = 180;

const useStyles = makeStyles(theme => ({
  plot: {
    display: 'flex',
    alignItems: 'stretch',
    height: HEIGHT,
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  bar: {
    flex: '1 1 0',
    minWidth: 1,
    display: 'flex',
    flexDirection: 'column-reverse',
    padding: '0 1px',
    margin: 0,
    border: 'none',
    background: 'none',
    cursor: 'pointer',
    '&:hover': { backgroundColor: theme.palette.action.hover },
    '&:focus-visible': {
      outline: `2px solid ${theme.palette.primary.main}`,
    },
    '&[data-empty]': { cursor: 'default' },
  },
  part: { display: 'block', width: '100%', minHeight: 2 },
  axis: {
    display: 'flex',
    justifyContent: 'space-between',
    fontSize: '0.75rem',
    color: theme.palette.text.secondary,
  },
  most: { fontSize: '0.75rem', color: theme.palette.text.secondary },
}));

/** Stacked bars, one stop of the Tab key for all of them: arrows lead from one to the next. */
export const Bars = (props: {
  bars: Bar[];
  label: string;
  onChoose(bar: Bar): void;
}) => {
  const { bars, label, onChoose } = props;
  const classes = useStyles();
  const t = useWords();
  const colors = usePriorityColors();
  const plot = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(bars.length - 1);
  const current = Math.min(at, bars.length - 1);
  const most = Math.max(1, ...bars.map(({ total }) => total));

  const move = (event: KeyboardEvent) => {
    const to = {
      ArrowLeft: current - 1,
      ArrowRight: current + 1,
      Home: 0,
      End: bars.length - 1,
    }[event.key];
    if (to === undefined || !bars[to]) return;
    event.preventDefault();
    setAt(to);
    (plot.current?.children[to] as HTMLElement | undefined)?.focus();
  };

  const describe = (bar: Bar) => {
    const word = t('alerts.bar', {
      time: momentOf(bar.start, bars),
      number: String(bar.total),
    });
    const parts = [...bar.parts]
      .reverse()
      .map(
        ({ priority, count }) =>
          `${t(`alerts.priorities.${priority}`)} ${count}`,
      );
    return parts.length > 0 ? `${word} (${parts.join(', ')})` : word;
  };

  return (
    <div>
      <div className={classes.most}>{most.toLocaleString()}</div>
      <div
        ref={plot}
        role="toolbar"
        aria-label={label}
        className={classes.plot}
        onKeyDown={move}
      >
        {bars.map((bar, index) => (
          <Tooltip key={bar.start} title={describe(bar)}>
            <button
              type="button"
              className={classes.bar}
              tabIndex={index === current ? 0 : -1}
              data-empty={bar.total === 0 ? '' : undefined}
              aria-label={describe(bar)}
              onClick={() => bar.total > 0 && onChoose(bar)}
              onFocus={() => setAt(index)}
            >
              {bar.parts.map(({ priority, count }) => (
                <span
                  key={priority}
                  className={classes.part}
                  style={{
                    height: `${(100 * count) / most}%`,
                    backgroundColor: colors[priority],
                  }}
                />
              ))}
            </button>
          </Tooltip>
        ))}
      </div>
      <div className={classes.axis} aria-hidden>
        <span>{momentOf(bars[0].start, bars)}</span>
        {bars.length > 2 && (
          <span>{momentOf(bars[bars.length - 1].end, bars)}</span>
        )}
      </div>
    </div>
  );
};

/** The time of day, with the day where the chart shows several. */
function momentOf(time: number, bars: Bar[]): string {
  const from = DateTime.fromMillis(bars[0].start);
  const isOneDay = from.hasSame(
    DateTime.fromMillis(bars[bars.length - 1].end),
    'day',
  );
  return DateTime.fromMillis(time).toLocaleString(
    isOneDay ? DateTime.TIME_24_SIMPLE : DateTime.DATETIME_SHORT,
  );
}
