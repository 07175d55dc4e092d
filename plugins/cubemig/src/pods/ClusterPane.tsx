import Chip from '@material-ui/core/Chip';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import useMeasure from 'react-use/esm/useMeasure';
import { Cluster } from '@cubemig/plugin-cubemig-common';
import { ProblemNote } from '../problem';
import { useWords } from '../translation';
import { EmptyCluster } from './EmptyCluster';
import { layoutFor } from './layout';
import { PodTable, PodTableProps } from './PodTable';

const useStyles = makeStyles(theme => ({
  root: {
    height: '100%',
    display: 'flex',
    flexDirection: 'column',
    border: `1px solid ${theme.palette.divider}`,
    overflow: 'hidden',
  },
  header: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    minHeight: 56,
    gap: theme.spacing(0.5, 1.5),
    padding: theme.spacing(1, 2),
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  title: {
    fontSize: '1.125rem',
    fontWeight: 600,
    margin: 0,
    minWidth: 0,
    overflowWrap: 'anywhere',
  },
  version: { flexGrow: 1, color: theme.palette.text.secondary },
  problem: { margin: theme.spacing(2) },
}));

export interface ClusterPaneProps extends Omit<PodTableProps, 'layout'> {
  cluster: Cluster;
}

/** One cluster: who it is, the entity's pods on it, or what keeps us from seeing them. */
export const ClusterPane = ({ cluster, ...table }: ClusterPaneProps) => {
  const classes = useStyles();
  const t = useWords();
  const [measured, { width }] = useMeasure<HTMLDivElement>();
  const title = cluster.title ?? cluster.name;
  const titleId = `cluster/${cluster.name}`;
  return (
    <Paper
      className={classes.root}
      elevation={0}
      component="section"
      aria-labelledby={titleId}
    >
      <header className={classes.header}>
        <Typography id={titleId} variant="h3" className={classes.title}>
          {title}
        </Typography>
        <Typography
          variant="body2"
          component="span"
          className={classes.version}
        >
          {cluster.version
            ? t('clusters.version', { version: cluster.version })
            : t('clusters.notReachable')}
        </Typography>
        {table.pods.length > 0 && (
          <Chip
            size="small"
            variant="outlined"
            style={{ margin: 0 }}
            label={t('pods.podCount', { count: table.pods.length })}
          />
        )}
      </header>
      <div ref={measured}>
        {cluster.problem && (
          <ProblemNote
            className={classes.problem}
            severity={cluster.version ? 'warning' : 'error'}
            title={t(cluster.version ? 'pods.noMigrations' : 'pods.noAnswer')}
            message={cluster.problem.message}
            remedy={cluster.problem.remedy}
            help={{ topic: 'clusterProblems' }}
          />
        )}
        {table.pods.length > 0 && (
          <PodTable {...table} layout={layoutFor(width)} />
        )}
        {table.pods.length === 0 && !cluster.problem && (
          <EmptyCluster title={title} />
        )}
      </div>
    </Paper>
  );
};
