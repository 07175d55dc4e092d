import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Failure, Migration } from '@cubemig/plugin-cubemig-common';
import { ProblemNote } from '../problem';
import { sourceServes } from './progress';
import { stepTitles } from './stepWords';

const useStyles = makeStyles(theme => ({
  source: { marginTop: theme.spacing(1) },
}));

/** What went wrong, what to do, and what the source is doing meanwhile. */
export const FailurePanel = (props: {
  migration: Migration;
  failure: Failure;
}) => {
  const { migration, failure } = props;
  const classes = useStyles();
  const { pod, cluster } = migration.source;
  const place = migration.target?.cluster ?? cluster;
  return (
    <ProblemNote
      title={`The step “${stepTitles[failure.step]}” failed`}
      message={failure.message}
      remedy={failure.remedy}
    >
      {sourceServes(migration) && (
        <Typography variant="body2" className={classes.source}>
          <strong>The source is still running:</strong> {pod} goes on serving on{' '}
          {cluster}.{' '}
          {migration.status === 'undoing'
            ? `What was made on ${place} is being removed.`
            : `What was made on ${place} was removed.`}
        </Typography>
      )}
    </ProblemNote>
  );
};
