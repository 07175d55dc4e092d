import { makeStyles } from '@material-ui/core/styles';
import {
  ClusterPods,
  KUBERNETES_ID,
  Migration,
  Pod,
} from '@cubemig/plugin-cubemig-common';
import { PodsByCluster, PodsSkeleton } from '../pods';
import { Polled, StaleMarker } from '../polling';
import { LoadProblem, ProblemNote } from '../problem';
import { Section } from './Section';
import { useDenial } from './useDenial';

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
  const denial = useDenial(entityRef);
  return (
    <Section
      title="Pods"
      aside={pods.isStale && <StaleMarker since={pods.updatedAt!} />}
    >
      {pods.isLoading && <PodsSkeleton />}
      {!pods.value && pods.error && (
        <LoadProblem
          title="The pods could not be read"
          error={pods.error}
          onRetry={pods.refresh}
        />
      )}
      {pods.value?.length === 0 && (
        <ProblemNote
          severity="info"
          title="No clusters"
          message="Backstage's Kubernetes config names no cluster."
          remedy="Add at least two clusters to kubernetes.clusterLocatorMethods in the app's config."
        />
      )}
      {pods.value && isWithoutPods(pods.value) && (
        <ProblemNote
          className={classes.note}
          severity="info"
          title="This entity has no pods"
          message={
            <>
              A pod belongs to it by the label{' '}
              <code>
                {KUBERNETES_ID}: {kubernetesId}
              </code>
              .
            </>
          }
          remedy="Put this label into the pod template of the workload and apply it."
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
