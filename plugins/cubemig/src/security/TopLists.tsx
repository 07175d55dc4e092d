import { makeStyles } from '@material-ui/core/styles';
import { AlertSummary } from '@cubemig/plugin-cubemig-common';
import { EmptyNote, Panel } from '../page';
import { useWords } from '../translation';
import { AlertFields } from './alertFields';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 280px), 1fr))',
    gap: theme.spacing(2),
  },
  list: { margin: 0, padding: 0, listStyle: 'none' },
  item: {
    position: 'relative',
    display: 'flex',
    justifyContent: 'space-between',
    gap: theme.spacing(2),
    width: '100%',
    padding: theme.spacing(0.75, 2),
    border: 'none',
    background: 'none',
    color: theme.palette.text.primary,
    font: 'inherit',
    fontSize: '0.875rem',
    textAlign: 'left',
    cursor: 'pointer',
    overflowWrap: 'anywhere',
    '&:hover': { backgroundColor: theme.palette.action.hover },
    '&:focus-visible': {
      outline: `2px solid ${theme.palette.primary.main}`,
      outlineOffset: -2,
    },
  },
  share: {
    position: 'absolute',
    left: 0,
    bottom: 0,
    height: 2,
    backgroundColor: theme.palette.primary.main,
  },
  count: { whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' },
}));

interface Entry {
  name: string;
  alerts: number;
  chosen: AlertFields;
}

/** The rules, workloads and clusters that cried most; choosing one narrows the dashboard down to it. */
export const TopLists = (props: {
  summary: AlertSummary;
  onChange(changes: AlertFields): void;
}) => {
  const { summary, onChange } = props;
  const classes = useStyles();
  const t = useWords();
  const lists: { title: string; entries: Entry[] }[] = [
    {
      title: t('alerts.topRules'),
      entries: summary.rules.map(({ value, alerts }) => ({
        name: value,
        alerts,
        chosen: { rule: value },
      })),
    },
    {
      title: t('alerts.topWorkloads'),
      entries: summary.workloads.map(
        ({ value, alerts, namespace, workload, cluster }) => ({
          name: value,
          alerts,
          chosen: { namespace, workload: workload.name, cluster },
        }),
      ),
    },
    {
      title: t('alerts.topClusters'),
      entries: summary.clusters.map(({ value, alerts }) => ({
        name: value,
        alerts,
        chosen: { cluster: value },
      })),
    },
  ];
  return (
    <div className={classes.root}>
      {lists.map(({ title, entries }) => {
        const most = Math.max(1, ...entries.map(({ alerts }) => alerts));
        return (
          <Panel key={title} title={title} isFlush>
            {entries.length === 0 && <EmptyNote title={t('alerts.topNone')} />}
            <ol className={classes.list}>
              {entries.map(({ name, alerts, chosen }) => (
                <li key={name}>
                  <button
                    type="button"
                    className={classes.item}
                    onClick={() => onChange(chosen)}
                  >
                    <span>{name}</span>
                    <span className={classes.count}>
                      {alerts.toLocaleString()}
                    </span>
                    <span
                      className={classes.share}
                      style={{ width: `${(100 * alerts) / most}%` }}
                    />
                  </button>
                </li>
              ))}
            </ol>
          </Panel>
        );
      })}
    </div>
  );
};
