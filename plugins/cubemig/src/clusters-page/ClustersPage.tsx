import { makeStyles } from '@material-ui/core/styles';
import { Cluster } from '@cubemig/plugin-cubemig-common';
import { useClusters } from '../clusters';
import { EmptyNote, Loaded, PageBody, Panel } from '../page';
import { useWords } from '../translation';
import { ClusterPanel } from './ClusterPanel';
import { PodPanes } from './PodPanes';

const useStyles = makeStyles(theme => ({
  clusters: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 480px), 1fr))',
    alignItems: 'start',
    gap: theme.spacing(2),
  },
}));

/** The clusters, what their nodes can do, and the pods of two of them side by side. */
export const ClustersPage = () => {
  const classes = useStyles();
  const t = useWords();
  const clusters = useClusters();
  return (
    <PageBody label={t('clusters.title')}>
      <Loaded polled={clusters} problem={t('clusters.problem')}>
        {all =>
          all.length === 0 ? (
            <Panel title={t('clusters.title')}>
              <EmptyNote
                title={t('clusters.none')}
                help={{ topic: 'clusterProblems' }}
              >
                {t('clusters.noneDetail')}
              </EmptyNote>
            </Panel>
          ) : (
            <>
              <div className={classes.clusters}>
                {all.map((cluster: Cluster) => (
                  <ClusterPanel key={cluster.name} cluster={cluster} />
                ))}
              </div>
              <PodPanes clusters={all} />
            </>
          )
        }
      </Loaded>
    </PageBody>
  );
};
