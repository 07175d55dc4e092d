import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ReportKey } from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../../api';
import { Loaded } from '../../page';
import { usePolling } from '../../polling';
import { Fold, TextBlock } from '../../text';
import { useWords } from '../../translation';

const parts = ['appeared', 'changed', 'vanished'] as const;

const useStyles = makeStyles(theme => ({
  root: { width: '100%', minWidth: 0 },
  title: { fontSize: '1rem', fontWeight: 600, marginTop: theme.spacing(1) },
  list: {
    margin: 0,
    paddingLeft: theme.spacing(2.5),
    overflowWrap: 'anywhere',
  },
}));

/** What differs between two checkpoints, in sentences. */
export const CheckpointStory = (props: {
  before: ReportKey;
  after: ReportKey;
}) => {
  const classes = useStyles();
  const t = useWords();
  const api = useApi(cubemigApiRef);
  const { migration, container } = props.after;
  const earlier = props.before.migration;
  const load = useCallback(
    () =>
      api.forensics.compareCheckpoints(
        { migration: earlier, container },
        { migration, container },
      ),
    [api, earlier, migration, container],
  );
  const polled = usePolling(load, undefined);
  return (
    <div className={classes.root}>
      <Loaded polled={polled} problem={t('forensics.compareProblem')}>
        {diff => (
          <>
            <Typography variant="body1">
              {t('forensics.compareVerdict', {
                before: t(`forensics.verdicts.${diff.verdict_a.verdict}`),
                after: t(`forensics.verdicts.${diff.verdict_b.verdict}`),
              })}
            </Typography>
            {parts.every(part => diff.story[part].length === 0) && (
              <Typography variant="body2">
                {t('forensics.compareSame')}
              </Typography>
            )}
            {parts.map(
              part =>
                diff.story[part].length > 0 && (
                  <section key={part}>
                    <Typography variant="h3" className={classes.title}>
                      {t(`forensics.compareStory.${part}`)}
                    </Typography>
                    <ul className={classes.list}>
                      {diff.story[part].map(sentence => (
                        <li key={sentence}>{sentence}</li>
                      ))}
                    </ul>
                  </section>
                ),
            )}
            <Fold show={t('forensics.compareDetail')} hide={t('common.close')}>
              <TextBlock
                label={t('forensics.compareDetail')}
                text={JSON.stringify(diff, undefined, 2)}
                fileName={`${container}-difference.json`}
              />
            </Fold>
          </>
        )}
      </Loaded>
    </div>
  );
};
