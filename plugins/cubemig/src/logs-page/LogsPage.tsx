import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { MIGRATIONS_CHANNEL } from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { useLive } from '../live';
import { EmptyNote, Loaded, PageBody, Panel } from '../page';
import { FilterBar, TextFilter } from '../table';
import { useWords } from '../translation';
import { useUrlFields } from '../url';
import { LogPreview } from './LogPreview';
import { WorkloadTree } from './WorkloadTree';
import { groupByWorkload } from './workloads';

const CALM = 15_000;
const LIMIT = 500;

const useStyles = makeStyles(theme => ({
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 2fr)',
    alignItems: 'start',
    gap: theme.spacing(2),
    [theme.breakpoints.down('sm')]: {
      gridTemplateColumns: 'minmax(0, 1fr)',
    },
  },
}));

/** The migrations' logs by workload, one of them to be read and taken home. */
export const LogsPage = () => {
  const classes = useStyles();
  const t = useWords();
  const api = useApi(cubemigApiRef);
  const [fields, setFields] = useUrlFields(['text', 'log']);
  const load = useCallback(
    async () => (await api.migrations.list({ limit: LIMIT })).items,
    [api],
  );
  const polled = useLive(load, CALM, MIGRATIONS_CHANNEL);
  return (
    <PageBody label={t('logs.title')}>
      <Loaded polled={polled} problem={t('logs.problem')} height={320}>
        {migrations => {
          const chosen = migrations.find(({ id }) => id === fields.log);
          return (
            <div className={classes.columns}>
              <Panel title={t('logs.workloads')} help="logs" isFlush>
                <FilterBar label={t('logs.filter')}>
                  <TextFilter
                    label={t('logs.filter')}
                    value={fields.text}
                    onChange={text => setFields({ text })}
                  />
                </FilterBar>
                {migrations.length === 0 ? (
                  <EmptyNote title={t('logs.none')}>
                    {t('logs.noneDetail')}
                  </EmptyNote>
                ) : (
                  <WorkloadTree
                    workloads={groupByWorkload(migrations, fields.text)}
                    chosen={fields.log}
                    onChoose={log => setFields({ log })}
                  />
                )}
                {migrations.length === LIMIT && (
                  <EmptyNote
                    title={t('logs.newest', { number: String(LIMIT) })}
                  />
                )}
              </Panel>
              {chosen ? (
                <LogPreview key={chosen.id} migration={chosen} />
              ) : (
                <Panel title={t('logs.title')}>
                  <EmptyNote title={t('logs.choose')} />
                </Panel>
              )}
            </div>
          );
        }}
      </Loaded>
    </PageBody>
  );
};
