import { makeStyles } from '@material-ui/core/styles';
import { MigrationStatusLabel } from '../migration';
import { EmptyNote } from '../page';
import { RelativeTime } from '../time';
import { useWords } from '../translation';
import { WorkloadLogs } from './workloads';

const useStyles = makeStyles(theme => ({
  root: { maxHeight: 640, overflowY: 'auto' },
  workload: {
    padding: theme.spacing(1, 2),
    borderTop: `1px solid ${theme.palette.divider}`,
  },
  summary: { cursor: 'pointer', overflowWrap: 'anywhere' },
  lesser: { fontSize: '0.8125rem', color: theme.palette.text.secondary },
  list: { margin: 0, padding: 0, listStyle: 'none' },
  item: {
    width: '100%',
    padding: theme.spacing(0.75, 1),
    border: 'none',
    borderRadius: theme.shape.borderRadius,
    background: 'none',
    color: theme.palette.text.primary,
    font: 'inherit',
    fontSize: '0.875rem',
    textAlign: 'left',
    cursor: 'pointer',
    overflowWrap: 'anywhere',
    '&:hover': { backgroundColor: theme.palette.action.hover },
    '&[aria-current=true]': {
      backgroundColor: theme.palette.action.selected,
      '& span': { color: theme.palette.text.primary },
    },
    '&:focus-visible': {
      outline: `2px solid ${theme.palette.primary.main}`,
    },
  },
}));

/** Workloads, and below each its migrations. */
export const WorkloadTree = (props: {
  workloads: WorkloadLogs[];
  chosen: string | undefined;
  onChoose(migration: string): void;
}) => {
  const { workloads, chosen, onChoose } = props;
  const classes = useStyles();
  const t = useWords();
  if (workloads.length === 0) {
    return <EmptyNote title={t('common.nothingFound')} />;
  }
  return (
    <div className={classes.root}>
      {workloads.map(({ key, name, cluster, namespace, migrations }, index) => (
        <details
          key={key}
          className={classes.workload}
          open={
            index === 0 ||
            migrations.some(({ id }) => id === chosen) ||
            undefined
          }
        >
          <summary className={classes.summary}>
            {name}{' '}
            <span className={classes.lesser}>
              {cluster}/{namespace} ({migrations.length})
            </span>
          </summary>
          <ul className={classes.list}>
            {migrations.map(({ id, status, source, createdAt }) => (
              <li key={id}>
                <button
                  type="button"
                  className={classes.item}
                  aria-current={id === chosen}
                  onClick={() => onChoose(id)}
                >
                  <MigrationStatusLabel status={status} /> {source.pod}{' '}
                  <span className={classes.lesser}>
                    <RelativeTime moment={createdAt} />
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </div>
  );
};
