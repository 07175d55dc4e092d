import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useMemo } from 'react';
import { Migration, MIGRATIONS_CHANNEL } from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { useLive } from '../live';
import { describeNow } from '../migration';
import { EmptyNote, Loaded, Panel, usePaths } from '../page';
import { Column, DataTable } from '../table';
import { useWords } from '../translation';
import { columnsOf } from './columns';

const BUSY = 3000;
const LIMIT = 100;

/** What is under way, and what waits for its turn. */
export const Queue = () => {
  const t = useWords();
  const api = useApi(cubemigApiRef);
  const paths = usePaths();
  const load = useCallback(
    () =>
      api.migrations.list({
        status: 'running,undoing,queued',
        order: 'asc',
        limit: LIMIT,
      }),
    [api],
  );
  const polled = useLive(load, BUSY, MIGRATIONS_CHANNEL);
  const columns = useMemo(() => {
    const all = columnsOf(t, id => paths?.migration(id) ?? id);
    const now: Column<Migration> = {
      id: 'now',
      title: t('common.status'),
      render: migration =>
        describeNow(migration, t) ?? all.status.render(migration),
    };
    return [
      { ...all.pod, sort: undefined },
      now,
      all.mode,
      all.route,
      all.by,
      { ...all.started, sort: undefined },
    ];
  }, [t, paths]);
  return (
    <Panel title={t('migration.queueTitle')} help="limits" isFlush>
      <Loaded polled={polled} problem={t('migration.listProblem')} height={64}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyNote title={t('migration.queueEmpty')} />
          ) : (
            <DataTable
              label={t('migration.queueTitle')}
              items={items}
              keyOf={({ id }) => id}
              columns={columns}
            />
          )
        }
      </Loaded>
    </Panel>
  );
};
