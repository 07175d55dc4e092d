import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { AlertSummary } from '@cubemig/plugin-cubemig-common';
import { useWords } from '../translation';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(130px, 1fr))',
    gap: theme.spacing(2),
    margin: 0,
  },
  figure: {
    display: 'flex',
    flexDirection: 'column-reverse',
    padding: theme.spacing(1.5, 2),
    border: `1px solid ${theme.palette.divider}`,
  },
  value: {
    margin: 0,
    fontSize: '1.75rem',
    fontWeight: 600,
    lineHeight: 1.2,
    fontVariantNumeric: 'tabular-nums',
  },
  label: { color: theme.palette.text.secondary, fontSize: '0.875rem' },
}));

/** The dashboard in four numbers. */
export const SummaryFigures = (props: {
  summary: AlertSummary;
  /** Decisions that wait for approval; undefined while that is not known. */
  awaiting: number | undefined;
}) => {
  const { summary, awaiting } = props;
  const classes = useStyles();
  const t = useWords();
  const figures = [
    { label: t('alerts.openCount'), value: summary.open },
    { label: t('alerts.alertsCount'), value: summary.alerts },
    { label: t('alerts.occurrencesCount'), value: summary.occurrences },
    { label: t('alerts.awaitingCount'), value: awaiting },
  ];
  return (
    <dl className={classes.root}>
      {figures.map(({ label, value }) => (
        <Paper key={label} elevation={0} className={classes.figure}>
          <dd className={classes.value}>{value?.toLocaleString() ?? '–'}</dd>
          <dt className={classes.label}>{label}</dt>
        </Paper>
      ))}
    </dl>
  );
};
