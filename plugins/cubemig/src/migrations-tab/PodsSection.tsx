import Button from '@material-ui/core/Button';
import { Migration, ClusterPods, Pod } from '@cubemig/plugin-cubemig-common';
import { PodsByCluster, PodsSkeleton } from '../pods';
import { Polled, StaleMarker } from '../polling';
import { ProblemNote, readRefusal } from '../problem';
import { Section } from './Section';
import { useDenial } from './useDenial';

/** The entity's pods as far as they can be read. */
export const PodsSection = (props: {
  pods: Polled<ClusterPods[]>;
  activeMigrations: Migration[];
  onMigrate(pod: Pod): void;
  onFollow(migration: Migration): void;
}) => {
  const { pods, ...actions } = props;
  const denial = useDenial();
  return (
    <Section
      title="Pods"
      aside={pods.isStale && <StaleMarker since={pods.updatedAt!} />}
    >
      {pods.isLoading && <PodsSkeleton />}
      {!pods.value && pods.error && <Unreadable pods={pods} />}
      {pods.value?.length === 0 && (
        <ProblemNote
          severity="info"
          title="No clusters"
          message="Backstage's Kubernetes config names no cluster."
          remedy="Add at least two clusters to kubernetes.clusterLocatorMethods in the app's config."
        />
      )}
      {pods.value && pods.value.length > 0 && (
        <PodsByCluster clusters={pods.value} denial={denial} {...actions} />
      )}
    </Section>
  );
};

const Unreadable = ({ pods }: { pods: Polled<ClusterPods[]> }) => {
  const { message, remedy } = readRefusal(pods.error);
  return (
    <ProblemNote
      title="The pods could not be read"
      message={message}
      remedy={remedy}
      action={
        <Button color="inherit" size="small" onClick={pods.refresh}>
          Try again
        </Button>
      }
    />
  );
};
