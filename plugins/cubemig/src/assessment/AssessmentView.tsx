import LinearProgress from '@material-ui/core/LinearProgress';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Assessment } from '@cubemig/plugin-cubemig-common';
import { UserName } from '../migration';
import { ProblemNote } from '../problem';
import { TextBlock } from '../text';
import { RelativeTime } from '../time';
import { useWords } from '../translation';
import { AssessmentResultView } from './AssessmentResultView';
import { Disclosure } from './Disclosure';
import { RestartNote } from './RestartNote';
import { useStream } from './useStream';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: theme.spacing(2),
    width: '100%',
  },
  progress: { marginTop: theme.spacing(0.5) },
}));

/** One assessment, from the first word on. */
export const AssessmentView = (props: {
  assessment: Assessment;
  onEnd(): void;
}) => {
  const { assessment, onEnd } = props;
  const { status, problem, result } = assessment;
  const classes = useStyles();
  const t = useWords();
  const { text, restart } = useStream(assessment, onEnd);
  const isUnderWay = status === 'queued' || status === 'running';
  return (
    <article className={classes.root}>
      <Typography variant="body2" color="textSecondary">
        {assessment.model} · {t('assessment.by')}{' '}
        <UserName entityRef={assessment.createdBy} />{' '}
        <RelativeTime moment={assessment.createdAt} />
      </Typography>
      {isUnderWay && (
        <div role="status">
          {t(text ? 'assessment.running' : 'assessment.waiting')}
          <LinearProgress
            className={classes.progress}
            aria-label={t('assessment.running')}
          />
        </div>
      )}
      {isUnderWay && restart && (
        <RestartNote reason={restart.reason} resumesAt={restart.resumesAt} />
      )}
      {isUnderWay && text && (
        <TextBlock label={t('assessment.writing')} text={text} />
      )}
      {problem && (
        <ProblemNote
          title={t('assessment.failed')}
          message={problem.message}
          remedy={problem.remedy}
        />
      )}
      {result && <AssessmentResultView result={result} id={assessment.id} />}
      {assessment.disclosure && (
        <Disclosure
          disclosure={assessment.disclosure}
          expense={assessment.expense}
        />
      )}
    </article>
  );
};
