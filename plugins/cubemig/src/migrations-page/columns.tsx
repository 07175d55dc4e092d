import { Link } from '@backstage/core-components';
import { Migration } from '@cubemig/plugin-cubemig-common';
import { formatBytes } from '../figures';
import {
  describeDuration,
  MigrationStatusLabel,
  Route,
  sizeOf,
  UserName,
} from '../migration';
import { RowMenu } from '../migration-actions';
import { Column } from '../table';
import { RelativeTime } from '../time';
import { Words } from '../translation';

type Columns = Record<
  | 'pod'
  | 'status'
  | 'mode'
  | 'route'
  | 'by'
  | 'started'
  | 'duration'
  | 'size'
  | 'actions',
  Column<Migration>
>;

/** What a table can show of a migration. */
export function columnsOf(t: Words, pathOf: (id: string) => string): Columns {
  return {
    pod: {
      id: 'pod',
      title: t('migration.pod'),
      sort: 'pod',
      render: ({ id, source }) => (
        <Link to={pathOf(id)}>
          {source.namespace}/{source.pod}
        </Link>
      ),
    },
    status: {
      id: 'status',
      title: t('common.status'),
      render: ({ status }) => <MigrationStatusLabel status={status} />,
    },
    mode: {
      id: 'mode',
      title: t('migration.mode'),
      render: ({ mode, attempt }) => (
        <>
          {t(`migration.modes.${mode}`)}
          {attempt > 1 &&
            ` (${t('migration.attempt', { number: String(attempt) })})`}
        </>
      ),
    },
    route: {
      id: 'route',
      title: t('migration.route'),
      render: ({ source, target }) => (
        <Route from={source.cluster} to={target?.cluster} />
      ),
    },
    by: {
      id: 'by',
      title: t('migration.by'),
      render: ({ createdBy }) => <UserName entityRef={createdBy} />,
    },
    started: {
      id: 'started',
      title: t('migration.started'),
      sort: 'createdAt',
      render: ({ createdAt }) => <RelativeTime moment={createdAt} />,
    },
    duration: {
      id: 'duration',
      title: t('migration.duration'),
      isNumber: true,
      render: migration => describeDuration(migration) ?? '–',
    },
    size: {
      id: 'size',
      title: t('migration.size'),
      isNumber: true,
      render: migration => {
        const { layers } = sizeOf(migration);
        return layers > 0 ? formatBytes(layers) : '–';
      },
    },
    actions: {
      id: 'actions',
      title: t('migration.actions'),
      isKept: true,
      render: migration => <RowMenu migration={migration} />,
    },
  };
}
