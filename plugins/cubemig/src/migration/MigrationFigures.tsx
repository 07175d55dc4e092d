import { makeStyles } from '@material-ui/core/styles';
import { Migration } from '@cubemig/plugin-cubemig-common';
import { formatBytes } from '../figures';
import { formatDuration, useNow } from '../time';
import { useWords } from '../translation';
import { elapsed, frozenFor, isActive, sizeOf } from './progress';

const TICK = 200;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(104px, 1fr))',
    gap: theme.spacing(2),
    margin: 0,
  },
  figure: { display: 'flex', flexDirection: 'column-reverse' },
  value: {
    margin: 0,
    fontSize: '1.375rem',
    lineHeight: 1.2,
    fontWeight: 600,
    fontVariantNumeric: 'tabular-nums',
    whiteSpace: 'nowrap',
  },
  label: {
    fontSize: '0.8125rem',
    color: theme.palette.text.secondary,
  },
}));

/** A migration in numbers, as far as they are known. */
export const MigrationFigures = ({ migration }: { migration: Migration }) => {
  const classes = useStyles();
  const t = useWords();
  const now = useNow(isActive(migration) ? TICK : undefined);
  const total = elapsed(migration, now);
  const frozen = frozenFor(migration);
  const { archives, layers } = sizeOf(migration);
  const figures = [
    { label: t('outcome.totalTime'), value: total, format: formatDuration },
    { label: t('outcome.frozen'), value: frozen, format: formatDuration },
    {
      label: t('outcome.checkpoint'),
      value: archives || undefined,
      format: formatBytes,
    },
    {
      label: t('outcome.sent'),
      value: layers || undefined,
      format: formatBytes,
    },
  ];
  return (
    <dl className={classes.root}>
      {figures.map(({ label, value, format }) =>
        value === undefined ? null : (
          <div key={label} className={classes.figure}>
            <dd className={classes.value}>{format(value)}</dd>
            <dt className={classes.label}>{label}</dt>
          </div>
        ),
      )}
    </dl>
  );
};
