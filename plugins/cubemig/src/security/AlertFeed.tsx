import { useApi } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/core-components';
import { useCallback, useMemo } from 'react';
import {
  Alert,
  ALERTS_CHANNEL,
  AlertQuery,
} from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { useLive } from '../live';
import { EmptyNote, Loaded, Panel, usePaths } from '../page';
import { Column, CursorPager, DataTable, useKept } from '../table';
import { RelativeTime } from '../time';
import { useWords, Words } from '../translation';
import { useUrlFields } from '../url';
import { AlertFields, filterOf } from './alertFields';
import { PriorityMark } from './PriorityMark';

const LIMIT = 25;
const CALM = 5000;

/** The alerts themselves, by page, the newest first unless asked otherwise. */
export const AlertFeed = ({ fields }: { fields: AlertFields }) => {
  const t = useWords();
  const { alerts } = useApi(cubemigApiRef);
  const paths = usePaths();
  const [place, setPlace] = useUrlFields(['sort', 'order', 'cursor']);
  const load = useCallback(
    () =>
      alerts.list({
        ...filterOf(fields, new Date()),
        ...place,
        limit: LIMIT,
      } as AlertQuery),
    [alerts, fields, place],
  );
  const polled = useLive(load, CALM, ALERTS_CHANNEL);
  const shown = useKept(polled);
  const isNarrow = Object.keys(fields).some(name => name !== 'range');
  const columns = useMemo(
    () => columnsOf(t, id => paths?.alert(id) ?? id),
    [t, paths],
  );
  return (
    <Panel title={t('alerts.feed')} isFlush>
      <Loaded polled={shown} problem={t('alerts.problem')}>
        {({ items, nextCursor, total }) => (
          <>
            {items.length === 0 ? (
              <EmptyNote
                title={t(isNarrow ? 'common.nothingFound' : 'alerts.quiet')}
              >
                {isNarrow && t('common.nothingFoundRemedy')}
              </EmptyNote>
            ) : (
              <DataTable
                label={t('alerts.feed')}
                items={items}
                keyOf={({ id }) => id}
                columns={columns}
                foldBelow={860}
                isOld={shown.isOld}
                sorting={{
                  by: place.sort ?? 'lastAt',
                  order: place.order === 'asc' ? 'asc' : 'desc',
                  onSort: (sort, order) => setPlace({ sort, order }),
                }}
              />
            )}
            <CursorPager
              total={total}
              cursor={place.cursor}
              nextCursor={nextCursor}
              onMove={cursor => setPlace({ cursor })}
            />
          </>
        )}
      </Loaded>
    </Panel>
  );
};

function columnsOf(t: Words, pathOf: (id: string) => string): Column<Alert>[] {
  return [
    {
      id: 'rule',
      title: t('alerts.rule'),
      render: ({ id, rule }) => <Link to={pathOf(id)}>{rule}</Link>,
    },
    {
      id: 'priority',
      title: t('alerts.priority'),
      sort: 'priority',
      render: ({ priority }) => <PriorityMark priority={priority} />,
    },
    {
      id: 'where',
      title: t('alerts.where'),
      render: ({ cluster, namespace, pod, hostname }) =>
        [cluster, namespace, pod ?? hostname].filter(Boolean).join('/'),
    },
    {
      id: 'times',
      title: t('alerts.times'),
      sort: 'occurrences',
      isNumber: true,
      render: ({ occurrences }) => `${occurrences.toLocaleString()}×`,
    },
    {
      id: 'lastAt',
      title: t('alerts.lastSeen'),
      sort: 'lastAt',
      render: ({ lastAt }) => <RelativeTime moment={lastAt} />,
    },
    {
      id: 'decision',
      title: t('alerts.decision'),
      render: ({ decision }) =>
        decision
          ? `${t(`alerts.verdicts.${decision.verdict}`)}: ${
              decision.action
            }, ${t(`alerts.decisionStatuses.${decision.status}`)}`
          : t('alerts.none'),
    },
  ];
}
