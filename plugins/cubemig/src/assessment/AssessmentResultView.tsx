import { useApi } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/core-components';
import { useCallback } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { AssessmentResult } from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { useAction } from '../confirm';
import { SeverityChip, techniqueUrl } from '../forensics/findings';
import { saveFile } from '../text';
import { useWords } from '../translation';
import { Citations } from './Citations';

const useStyles = makeStyles(theme => ({
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: theme.spacing(0.5, 2),
  },
  verdict: { fontSize: '1.25rem', fontWeight: 600 },
  title: { fontSize: '1rem', fontWeight: 600, marginTop: theme.spacing(1.5) },
  list: {
    margin: 0,
    paddingLeft: theme.spacing(2.5),
    overflowWrap: 'anywhere',
    '& > li + li': { marginTop: theme.spacing(1) },
  },
}));

/** What the model makes of the report: verdict, hypothesis, issues, actions, threats. */
export const AssessmentResultView = (props: {
  id: string;
  result: AssessmentResult;
}) => {
  const { id, result } = props;
  const classes = useStyles();
  const t = useWords();
  const { assessments } = useApi(cubemigApiRef);
  const { run, isBusy } = useAction(
    useCallback(async () => {
      const text = await assessments.getAssessmentMarkdown(id);
      saveFile(new Blob([text]), `assessment-${id}.md`);
    }, [assessments, id]),
  );
  const title = (text: string) => (
    <Typography variant="h3" className={classes.title}>
      {text}
    </Typography>
  );
  return (
    <div>
      <div className={classes.head}>
        <Typography variant="h2" className={classes.verdict}>
          {t(`assessment.verdicts.${result.verdict}`)}
        </Typography>
        <span>
          {t('assessment.confidence', {
            percent: String(Math.round(result.confidence * 100)),
          })}
        </span>
        <Button size="small" disabled={isBusy} onClick={() => run()}>
          {t('assessment.markdown')}
        </Button>
      </div>
      {title(t('assessment.hypothesis'))}
      <Typography variant="body1">{result.hypothesis.text}</Typography>
      <Citations citations={result.hypothesis.evidence} />
      {result.issues.length > 0 && title(t('assessment.issues'))}
      <ul className={classes.list}>
        {result.issues.map(issue => (
          <li key={issue.title}>
            <SeverityChip severity={issue.severity} />{' '}
            <strong>{issue.title}</strong>
            <div>{issue.explanation}</div>
            <Citations citations={issue.evidence} />
          </li>
        ))}
      </ul>
      {result.correctiveActions.length > 0 && title(t('assessment.actions'))}
      <ol className={classes.list}>
        {result.correctiveActions.map(action => (
          <li key={action.title}>
            <strong>
              {t(`assessment.priorities.${action.priority}`)}: {action.title}
            </strong>
            <div>{action.explanation}</div>
          </li>
        ))}
      </ol>
      {result.threats.length > 0 && title(t('assessment.threats'))}
      <ul className={classes.list}>
        {result.threats.map(threat => (
          <li key={threat.title}>
            <strong>{threat.title}</strong>
            <div>{threat.explanation}</div>
          </li>
        ))}
      </ul>
      {result.mitre.length > 0 && title(t('assessment.mitre'))}
      <ul className={classes.list}>
        {result.mitre.map(technique => (
          <li key={technique.id}>
            <Link to={techniqueUrl(technique.id)}>
              {technique.id} {technique.name}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
};
