import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { Migration, ReportKey } from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../../api';
import { EmptyNote, Loaded } from '../../page';
import { usePolling } from '../../polling';
import { SelectFilter } from '../../table';
import { useWords } from '../../translation';
import { useUrlFields } from '../../url';
import { isComparable } from './isComparable';
import { CheckpointStory } from './CheckpointStory';

const LIMIT = 200;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    justifyItems: 'start',
    gap: theme.spacing(2),
    padding: theme.spacing(2),
  },
}));

/** This checkpoint beside another one of the same container. */
export const CompareCheckpoint = (props: {
  migration: Migration;
  of: ReportKey;
}) => {
  const { migration, of } = props;
  const classes = useStyles();
  const t = useWords();
  const api = useApi(cubemigApiRef);
  const [fields, setFields] = useUrlFields(['with']);
  const { namespace } = migration.source;
  const load = useCallback(
    async () => (await api.migrations.list({ namespace, limit: LIMIT })).items,
    [api, namespace],
  );
  const polled = usePolling(load, undefined);
  return (
    <div className={classes.root}>
      <Loaded polled={polled} problem={t('migration.listProblem')} height={40}>
        {migrations => {
          const others = migrations.filter(other =>
            isComparable(other, migration, of.container),
          );
          return others.length === 0 ? (
            <EmptyNote title={t('forensics.compareNone')} />
          ) : (
            <SelectFilter
              label={t('forensics.compareWith')}
              value={fields.with}
              hasAll={!fields.with}
              all={t('forensics.compareChoose')}
              options={others.map(({ id, source, createdAt }) => ({
                value: id,
                title: `${source.pod}, ${new Date(createdAt).toLocaleString()}`,
              }))}
              onChange={chosen => setFields({ with: chosen })}
            />
          );
        }}
      </Loaded>
      {fields.with && (
        <CheckpointStory
          before={{ migration: fields.with, container: of.container }}
          after={of}
        />
      )}
    </div>
  );
};
