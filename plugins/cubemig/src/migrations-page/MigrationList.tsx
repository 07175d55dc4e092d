import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useMemo } from 'react';
import {
  migrationModes,
  MigrationQuery,
  MIGRATIONS_CHANNEL,
  migrationStatuses,
} from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { useClusters } from '../clusters';
import { useLive } from '../live';
import { EmptyNote, Loaded, Panel, usePaths } from '../page';
import {
  CursorPager,
  DataTable,
  FilterBar,
  SelectFilter,
  TextFilter,
  useKept,
} from '../table';
import { useWords } from '../translation';
import { useUrlFields } from '../url';
import { columnsOf } from './columns';

const LIMIT = 50;
const CALM = 10_000;
const filters = ['status', 'mode', 'cluster', 'text'] as const;
const fieldNames = [...filters, 'sort', 'order', 'cursor'] as const;

/** Migrations by page, filtered and sorted as the URL says. */
export const MigrationList = () => {
  const t = useWords();
  const api = useApi(cubemigApiRef);
  const paths = usePaths();
  const clusters = useClusters();
  const [fields, setFields] = useUrlFields(fieldNames);
  const load = useCallback(
    // The backend says what it does not understand of a URL that somebody wrote by hand.
    () => api.migrations.list({ ...fields, limit: LIMIT } as MigrationQuery),
    [api, fields],
  );
  const polled = useLive(load, CALM, MIGRATIONS_CHANNEL);
  const shown = useKept(polled);

  const columns = useMemo(() => {
    const all = columnsOf(t, id => paths?.migration(id) ?? id);
    const { pod, status, mode, route, by, started, duration, size } = all;
    const { actions } = all;
    return [pod, status, mode, route, by, started, duration, size, actions];
  }, [t, paths]);

  const isFiltered = filters.some(name => fields[name]);
  const clear = () =>
    setFields(Object.fromEntries(filters.map(name => [name, undefined])));

  return (
    <Panel title={t('migration.listTitle')} help="migrations" isFlush>
      <FilterBar
        label={t('migration.listFilters')}
        onClear={isFiltered ? clear : undefined}
      >
        <SelectFilter
          label={t('common.status')}
          value={fields.status}
          options={migrationStatuses.map(value => ({
            value,
            title: t(`migration.statuses.${value}`),
          }))}
          onChange={status => setFields({ status })}
        />
        <SelectFilter
          label={t('migration.mode')}
          value={fields.mode}
          options={migrationModes.map(value => ({
            value,
            title: t(`migration.modes.${value}`),
          }))}
          onChange={mode => setFields({ mode })}
        />
        <SelectFilter
          label={t('common.cluster')}
          value={fields.cluster}
          options={clusters.options}
          onChange={cluster => setFields({ cluster })}
        />
        <TextFilter
          label={t('migration.podFilter')}
          value={fields.text}
          onChange={text => setFields({ text })}
        />
      </FilterBar>
      <Loaded polled={shown} problem={t('migration.listProblem')}>
        {({ items, nextCursor, total }) => (
          <>
            {items.length === 0 && (
              <EmptyNote
                title={t(
                  isFiltered ? 'common.nothingFound' : 'migration.listEmpty',
                )}
              >
                {t(
                  isFiltered
                    ? 'common.nothingFoundRemedy'
                    : 'migration.listEmptyDetail',
                )}
              </EmptyNote>
            )}
            {items.length > 0 && (
              <DataTable
                label={t('migration.listTitle')}
                items={items}
                keyOf={({ id }) => id}
                columns={columns}
                isOld={shown.isOld}
                sorting={{
                  by: fields.sort ?? 'createdAt',
                  order: fields.order === 'asc' ? 'asc' : 'desc',
                  onSort: (sort, order) => setFields({ sort, order }),
                }}
              />
            )}
            {(items.length > 0 || fields.cursor) && (
              <CursorPager
                total={total}
                cursor={fields.cursor}
                nextCursor={nextCursor}
                onMove={cursor => setFields({ cursor })}
              />
            )}
          </>
        )}
      </Loaded>
    </Panel>
  );
};
