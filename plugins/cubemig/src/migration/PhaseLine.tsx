import LinearProgress from '@material-ui/core/LinearProgress';
import { makeStyles } from '@material-ui/core/styles';
import { Phase } from '@cubemig/plugin-cubemig-common';
import { formatBytes } from '../figures';
import { formatDuration } from '../time';
import { useWords } from '../translation';
import { elapsed, rateOf } from './progress';

const useStyles = makeStyles(theme => ({
  figure: {
    textAlign: 'right',
    whiteSpace: 'nowrap',
    fontVariantNumeric: 'tabular-nums',
  },
  failed: { color: theme.palette.error.main },
  bar: { gridColumn: '1 / -1' },
}));

/** One phase: its bytes, its speed while it runs, and its duration. */
export const PhaseLine = ({ phase, now }: { phase: Phase; now: Date }) => {
  const classes = useStyles();
  const t = useWords();
  const title = t(`steps.phases.${phase.name}`);
  const duration = elapsed(phase, now);
  const rate = rateOf(phase, now);
  const isRunning = phase.status === 'running';
  return (
    <>
      <span className={phase.status === 'failed' ? classes.failed : undefined}>
        {phase.status === 'failed'
          ? t('steps.failedPhase', { phase: title })
          : title}
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
        <LinearProgress className={classes.bar} aria-label={title} />
      )}
    </>
  );
};
