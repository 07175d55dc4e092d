import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Migration } from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { EmptyNote } from '../page';
import { usePolling } from '../polling';
import { DataTable } from '../table';
import { useWords } from '../translation';
import { earlierOf, FigureRow, figureRows } from './figureRows';

const LIMIT = 200;

const useStyles = makeStyles(theme => ({
  note: { padding: theme.spacing(1, 2) },
}));

/** A migration's figures beside those of the workload's earlier migrations. */
export const Comparison = ({ migration }: { migration: Migration }) => {
  const classes = useStyles();
  const t = useWords();
  const api = useApi(cubemigApiRef);
  const { namespace, owner, pod } = migration.source;
  const text = owner?.name ?? pod;
  const load = useCallback(
    async () =>
      (
        await api.migrations.list({
          status: 'completed',
          namespace,
          // Finds more than this workload's, but them among thousands.
          text,
          limit: LIMIT,
        })
      ).items,
    [api, namespace, text],
  );
  const { value: others = [] } = usePolling(load, undefined);
  const earlier = earlierOf(migration, others).flatMap(m => m.figures ?? []);
  const rows = migration.figures ? figureRows(migration.figures, earlier) : [];

  if (rows.length === 0) {
    return <EmptyNote title={t('migration.figuresNone')} />;
  }
  return (
    <>
      <DataTable<FigureRow>
        label={t('migration.figuresTitle')}
        items={rows}
        keyOf={({ id }) => id}
        foldBelow={480}
        columns={[
          {
            id: 'name',
            title: t('migration.figure'),
            render: ({ id }) => t(`migration.figures.${id}`),
          },
          {
            id: 'value',
            title: t('migration.figuresThis'),
            isNumber: true,
            isKept: true,
            render: ({ value }) => value,
          },
          ...(earlier.length > 0
            ? [
                {
                  id: 'earlier',
                  title: t('migration.figuresEarlier', {
                    number: String(earlier.length),
                  }),
                  isNumber: true,
                  render: (row: FigureRow) => row.earlier ?? '–',
                },
                {
                  id: 'change',
                  title: t('migration.figuresChange'),
                  isNumber: true,
                  isKept: true,
                  render: ({ change }: FigureRow) =>
                    change === undefined ? '–' : formatChange(change),
                },
              ]
            : []),
        ]}
      />
      {earlier.length === 0 && (
        <Typography
          variant="body2"
          color="textSecondary"
          className={classes.note}
        >
          {t('migration.figuresFirst')}
        </Typography>
      )}
    </>
  );
};

function formatChange(percent: number): string {
  if (percent === 0) return '0 %';
  return `${percent > 0 ? '+' : '−'}${Math.abs(percent).toLocaleString()} %`;
}
