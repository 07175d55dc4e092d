import { Fragment } from 'react';
import LinearProgress from '@material-ui/core/LinearProgress';
import { makeStyles } from '@material-ui/core/styles';
import { Phase } from '@cubemig/plugin-cubemig-common';
import { formatBytes } from '../figures';
import { formatDuration } from '../time';
import { elapsed, rateOf } from './progress';
import { phaseTitles } from './stepWords';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto auto',
    columnGap: theme.spacing(2),
    rowGap: theme.spacing(0.5),
    margin: theme.spacing(1, 0, 0),
    padding: theme.spacing(1, 1.5),
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.background.default,
    fontSize: '0.8125rem',
  },
  container: {
    gridColumn: '1 / -1',
    color: theme.palette.text.secondary,
    overflowWrap: 'anywhere',
  },
  figure: {
    textAlign: 'right',
    whiteSpace: 'nowrap',
    fontVariantNumeric: 'tabular-nums',
  },
  failed: { color: theme.palette.error.main },
  bar: { gridColumn: '1 / -1' },
}));

/** What the courier is doing on the source node: one line a phase, by container if there are several. */
export const PhaseList = ({ phases, now }: { phases: Phase[]; now: Date }) => {
  const classes = useStyles();
  const containers = [...new Set(phases.map(phase => phase.container))];
  return (
    <div className={classes.root}>
      {containers.map(container => (
        <Fragment key={container}>
          {containers.length > 1 && (
            <div className={classes.container}>Container {container}</div>
          )}
          {phases
            .filter(phase => phase.container === container)
            .map(phase => (
              <PhaseLine key={phase.name} phase={phase} now={now} />
            ))}
        </Fragment>
      ))}
    </div>
  );
};

const PhaseLine = ({ phase, now }: { phase: Phase; now: Date }) => {
  const classes = useStyles();
  const duration = elapsed(phase, now);
  const rate = rateOf(phase, now);
  const isRunning = phase.status === 'running';
  return (
    <>
      <span className={phase.status === 'failed' ? classes.failed : undefined}>
        {phaseTitles[phase.name]}
        {phase.status === 'failed' && ' failed'}
      </span>
      <span className={classes.figure}>
        {phase.bytes !== undefined &&
          phase.bytes > 0 &&
          formatBytes(phase.bytes)}
        {isRunning && rate !== undefined && ` at ${formatBytes(rate)}/s`}
      </span>
      <span className={classes.figure}>
        {duration !== undefined && formatDuration(duration)}
      </span>
      {isRunning && (
        <LinearProgress
          className={classes.bar}
          aria-label={phaseTitles[phase.name]}
        />
      )}
    </>
  );
};
