import { makeStyles } from '@material-ui/core/styles';
import { ClusterPods, Migration, Pod } from '@cubemig/plugin-cubemig-common';
import { useWords } from '../translation';
import { ClusterPane } from './ClusterPane';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 420px), 1fr))',
    gap: theme.spacing(2),
    alignItems: 'stretch',
    margin: 0,
    padding: 0,
    listStyle: 'none',
  },
  item: { minWidth: 0 },
}));

/** An entity's pods, the clusters side by side. */
export const PodsByCluster = (props: {
  clusters: ClusterPods[];
  /** Migrations that are on their way, to be seen at their source pods. */
  activeMigrations: Migration[];
  /** Why no pod at all may be migrated by this user. */
  denial?: string;
  onMigrate(pod: Pod): void;
  onFollow(migration: Migration): void;
}) => {
  const classes = useStyles();
  const t = useWords();
  const { clusters, ...actions } = props;
  return (
    <ul className={classes.root} aria-label={t('tab.podsByCluster')}>
      {clusters.map(({ cluster, pods }) => (
        <li key={cluster.name} className={classes.item}>
          <ClusterPane cluster={cluster} pods={pods} {...actions} />
        </li>
      ))}
    </ul>
  );
};
