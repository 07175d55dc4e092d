import { makeStyles } from '@material-ui/core/styles';
import { Migration, Step } from '@cubemig/plugin-cubemig-common';
import { formatDuration } from '../time';
import { useWords } from '../translation';
import { PhaseList } from './PhaseList';
import { elapsed } from './progress';
import { StepMark } from './StepMark';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: '24px minmax(0, 1fr) auto',
    columnGap: theme.spacing(1.5),
    minHeight: 48,
  },
  rail: {
    gridRow: '1 / span 2',
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
  },
  line: {
    flexGrow: 1,
    width: 2,
    margin: theme.spacing(0.5, 0),
    backgroundColor: theme.palette.divider,
  },
  words: { minWidth: 0, paddingBottom: theme.spacing(1.5) },
  phases: { gridColumn: '2 / -1', paddingBottom: theme.spacing(1.5) },
  title: { fontWeight: 500, lineHeight: '24px' },
  isRunning: { fontWeight: 700 },
  isPending: { color: theme.palette.text.secondary },
  detail: {
    fontSize: '0.8125rem',
    lineHeight: 1.4,
    color: theme.palette.text.secondary,
  },
  duration: {
    lineHeight: '24px',
    fontVariantNumeric: 'tabular-nums',
    whiteSpace: 'nowrap',
    color: theme.palette.text.secondary,
  },
}));

export const StepItem = (props: {
  step: Step;
  migration: Migration;
  isLast: boolean;
  now: Date;
}) => {
  const { step, migration, isLast, now } = props;
  const classes = useStyles();
  const t = useWords();
  const source = migration.source.cluster;
  const target = migration.target?.cluster ?? source;
  const isRunning = step.status === 'running';
  const isUnreached = step.status === 'pending' || step.status === 'skipped';
  const duration = elapsed(step, now);
  return (
    <li
      className={classes.root}
      aria-current={isRunning ? 'step' : undefined}
      data-status={step.status}
    >
      <div className={classes.rail}>
        <StepMark status={step.status} />
        {!isLast && <div className={classes.line} />}
      </div>
      <div className={classes.words}>
        <div
          className={[
            classes.title,
            isRunning && classes.isRunning,
            isUnreached && classes.isPending,
          ]
            .filter(Boolean)
            .join(' ')}
        >
          {t(`steps.titles.${step.name}`)}
        </div>
        <div className={classes.detail}>
          {t(`steps.details.${step.name}`, { source, target })}
        </div>
      </div>
      <div className={classes.duration}>
        {step.status === 'undone' || step.status === 'skipped'
          ? t(`steps.${step.status}`)
          : duration !== undefined && formatDuration(duration)}
      </div>
      {step.phases && step.phases.length > 0 && (
        <div className={classes.phases}>
          <PhaseList phases={step.phases} now={now} />
        </div>
      )}
    </li>
  );
};
