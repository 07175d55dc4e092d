import { makeStyles } from '@material-ui/core/styles';
import {
  ClusterPods,
  cubemigMigrationCreatePermission,
  KUBERNETES_ID,
  Migration,
  Pod,
} from '@cubemig/plugin-cubemig-common';
import { useDenial } from '../permit';
import { PodsByCluster, PodsSkeleton } from '../pods';
import { Polled, StaleMarker } from '../polling';
import { LoadProblem, ProblemNote } from '../problem';
import { useWords } from '../translation';
import { Section } from './Section';

const useStyles = makeStyles(theme => ({
  note: { marginBottom: theme.spacing(2) },
}));

/** The entity's pods as far as they can be read. */
export const PodsSection = (props: {
  pods: Polled<ClusterPods[]>;
  entityRef: string;
  kubernetesId: string;
  activeMigrations: Migration[];
  onMigrate(pod: Pod): void;
  onFollow(migration: Migration): void;
}) => {
  const { pods, entityRef, kubernetesId, ...actions } = props;
  const classes = useStyles();
  const t = useWords();
  const denial = useDenial(cubemigMigrationCreatePermission, entityRef);
  return (
    <Section
      title={t('tab.pods')}
      help="tab"
      aside={pods.isStale && <StaleMarker since={pods.updatedAt!} />}
    >
      {pods.isLoading && <PodsSkeleton />}
      {!pods.value && pods.error && (
        <LoadProblem
          title={t('tab.podsProblem')}
          error={pods.error}
          onRetry={pods.refresh}
        />
      )}
      {pods.value?.length === 0 && (
        <ProblemNote
          severity="info"
          title={t('tab.noClusters')}
          message={t('tab.noClustersDetail')}
          remedy={t('tab.noClustersRemedy')}
          help={{ topic: 'pages' }}
        />
      )}
      {pods.value && isWithoutPods(pods.value) && (
        <ProblemNote
          className={classes.note}
          severity="info"
          title={t('tab.noPods')}
          message={
            <>
              {t('tab.noPodsLabel')}{' '}
              <code>
                {KUBERNETES_ID}: {kubernetesId}
              </code>
              .
            </>
          }
          remedy={t('tab.noPodsRemedy')}
          help={{ topic: 'ownership' }}
        />
      )}
      {pods.value && pods.value.length > 0 && (
        <PodsByCluster clusters={pods.value} denial={denial} {...actions} />
      )}
    </Section>
  );
};

/** Clusters answered, and none has a pod. */
function isWithoutPods(clusters: ClusterPods[]): boolean {
  const answering = clusters.filter(({ cluster }) => !cluster.problem);
  return answering.length > 0 && clusters.every(c => c.pods.length === 0);
}
