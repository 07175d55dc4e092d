import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { cubemigApiRef } from '../api';
import { EmptyNote, Loaded, Panel } from '../page';
import { usePolling } from '../polling';
import { TextBlock } from '../text';
import { useWords } from '../translation';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 420px), 1fr))',
    alignItems: 'start',
    gap: theme.spacing(2),
    marginTop: theme.spacing(1),
  },
}));

/** The source's and the target's objects as YAML. */
export const Manifests = ({ id }: { id: string }) => {
  const classes = useStyles();
  const t = useWords();
  const api = useApi(cubemigApiRef);
  const load = useCallback(() => api.migrations.getManifests(id), [api, id]);
  const polled = usePolling(load, undefined);
  return (
    <Panel title={t('migration.tabs.objects')}>
      <Typography variant="body2" color="textSecondary">
        {t('migration.objectsDetail')}
      </Typography>
      <Loaded polled={polled} problem={t('migration.objectsProblem')}>
        {manifests => (
          <div className={classes.root}>
            {(['source', 'target'] as const).map(side => {
              const text = manifests[side];
              return text ? (
                <TextBlock
                  key={side}
                  label={t(`migration.${side}`)}
                  text={text}
                  fileName={`${id}-${side}.yaml`}
                />
              ) : (
                <EmptyNote key={side} title={t(`migration.${side}`)}>
                  {t('migration.objectGone')}
                </EmptyNote>
              );
            })}
          </div>
        )}
      </Loaded>
    </Panel>
  );
};
