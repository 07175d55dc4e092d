import { Link } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { StepMark } from '../migration';
import { EmptyNote, Loaded, Panel } from '../page';
import { useWords } from '../translation';
import { FirstRunStep, firstRunSteps, Progress } from './readProgress';
import { useFirstRun } from './useFirstRun';
import { useProgress } from './useProgress';
import { useStepPaths } from './useStepPaths';

const useStyles = makeStyles(theme => ({
  steps: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 220px), 1fr))',
    gap: theme.spacing(2),
    margin: theme.spacing(2, 0, 0),
    padding: 0,
    listStyle: 'none',
  },
  step: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    alignContent: 'start',
    gap: theme.spacing(0.5, 1),
    paddingTop: theme.spacing(1),
    borderTop: `3px solid ${theme.palette.divider}`,
  },
  next: { borderTopColor: theme.palette.primary.main },
  done: { borderTopColor: theme.palette.status.ok },
  title: { fontSize: '0.9375rem', fontWeight: 600, lineHeight: '24px' },
  detail: { gridColumn: 2 },
}));

/** Guides newcomers where the config asks for it: what to do next, ticked by what has really happened. */
export const FirstRun = (props: {
  /** Whether it can be brought back here after it was dismissed. */
  isRecoverable?: boolean;
}) => {
  const t = useWords();
  const { entityRef, isDismissed, dismiss, hasRead } = useFirstRun();
  if (!entityRef) return null;
  if (!isDismissed) {
    return (
      <Checklist
        entityRef={entityRef}
        hasRead={hasRead}
        onDismiss={() => dismiss(true)}
      />
    );
  }
  return props.isRecoverable ? (
    <div>
      <Button size="small" onClick={() => dismiss(false)}>
        {t('firstRun.again')}
      </Button>
    </div>
  ) : null;
};

function Checklist(props: {
  entityRef: string;
  hasRead: boolean;
  onDismiss(): void;
}) {
  const { entityRef, hasRead, onDismiss } = props;
  const t = useWords();
  const polled = useProgress(hasRead);
  return (
    <Panel
      title={t('firstRun.title')}
      help="firstRun"
      aside={
        <Button size="small" onClick={onDismiss}>
          {t('firstRun.dismiss')}
        </Button>
      }
    >
      <Loaded polled={polled} problem={t('firstRun.problem')} height={128}>
        {({ progress }) =>
          progress ? (
            <Steps entityRef={entityRef} progress={progress} />
          ) : (
            <EmptyNote
              title={t('firstRun.denied')}
              help={{ topic: 'permissions' }}
            >
              {t('firstRun.deniedDetail')}
            </EmptyNote>
          )
        }
      </Loaded>
    </Panel>
  );
}

function Steps(props: { entityRef: string; progress: Progress }) {
  const { entityRef, progress } = props;
  const classes = useStyles();
  const t = useWords();
  const paths = useStepPaths(entityRef, progress);
  const isDone = (step: FirstRunStep) => progress.steps[step] === 'succeeded';
  const done = firstRunSteps.filter(isDone);
  const next = firstRunSteps.find(step => !isDone(step));
  return (
    <>
      <Typography variant="body2" role="status">
        {t(next ? 'firstRun.intro' : 'firstRun.finished')}{' '}
        {t('firstRun.progress', {
          done: String(done.length),
          all: String(firstRunSteps.length),
        })}
      </Typography>
      <ol className={classes.steps}>
        {firstRunSteps.map(step => (
          <li
            key={step}
            className={[
              classes.step,
              isDone(step) && classes.done,
              step === next && classes.next,
            ]
              .filter(Boolean)
              .join(' ')}
            aria-current={step === next ? 'step' : undefined}
          >
            <StepMark status={progress.steps[step]} />
            <Typography variant="h3" className={classes.title}>
              {t(`firstRun.steps.${step}`)}
            </Typography>
            <Typography variant="body2" className={classes.detail}>
              {t(`firstRun.details.${step}`)}
            </Typography>
            {paths[step] && (
              <Typography variant="body2" className={classes.detail}>
                <Link to={paths[step]}>{t(`firstRun.links.${step}`)}</Link>
              </Typography>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}
