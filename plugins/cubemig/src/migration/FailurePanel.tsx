import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Failure, Migration } from '@cubemig/plugin-cubemig-common';
import { ProblemNote } from '../problem';
import { useWords } from '../translation';
import { sourceServes } from './progress';

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
  const t = useWords();
  const { pod, cluster } = migration.source;
  const { target } = migration;
  return (
    <ProblemNote
      title={t('outcome.failed', { step: t(`steps.titles.${failure.step}`) })}
      message={failure.message}
      remedy={failure.remedy}
      help={{ topic: 'failures', code: failure.code }}
    >
      {sourceServes(migration) && (
        <Typography variant="body2" className={classes.source}>
          <strong>{t('outcome.sourceRuns')}</strong>{' '}
          {t('outcome.sourceServes', { pod, cluster })}{' '}
          {target &&
            t(
              migration.status === 'undoing'
                ? 'outcome.beingRemoved'
                : 'outcome.wasRemoved',
              { cluster: target.cluster },
            )}
        </Typography>
      )}
    </ProblemNote>
  );
};
