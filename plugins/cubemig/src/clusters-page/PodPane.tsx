import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { Cluster, Pod } from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { Passenger, passengerAmong } from '../migrate-dialog';
import { EmptyNote, Loaded, Panel } from '../page';
import { usePolling } from '../polling';
import { FilterBar, SelectFilter, TextFilter } from '../table';
import { useWords } from '../translation';
import { PodList } from './PodList';

const CALM = 5000;
const RARE = 60_000;

/** One side: the pods of a cluster's namespace. */
export const PodPane = (props: {
  label: string;
  clusters: Cluster[];
  cluster: string;
  /** By default the first that config grants. */
  namespace?: string;
  /** Found in the pods' names. */
  text?: string;
  pageField: string;
  noMigrate?: string;
  noDelete?: string;
  onCluster(cluster: string | undefined): void;
  onNamespace(namespace: string | undefined): void;
  onText(text: string | undefined): void;
  onMigrate(pod: Passenger): void;
  onDelete(pod: Pod): void;
}) => {
  const { label, clusters, cluster } = props;
  const t = useWords();
  const api = useApi(cubemigApiRef);
  const loadNamespaces = useCallback(
    () => api.clusters.listNamespaces(cluster),
    [api, cluster],
  );
  const namespaces = usePolling(loadNamespaces, RARE);
  return (
    <Panel title={label} help="clusters" isFlush>
      <FilterBar label={label}>
        <SelectFilter
          label={t('common.cluster')}
          value={cluster}
          hasAll={false}
          options={clusters.map(({ name, title }) => ({
            value: name,
            title: title ?? name,
          }))}
          onChange={props.onCluster}
        />
        {namespaces.value && namespaces.value.length > 0 && (
          <SelectFilter
            label={t('common.namespace')}
            value={props.namespace ?? namespaces.value[0].name}
            hasAll={false}
            options={namespaces.value.map(({ name }) => ({
              value: name,
              title: name,
            }))}
            onChange={props.onNamespace}
          />
        )}
        <TextFilter
          label={t('clusters.podFilter')}
          value={props.text}
          onChange={props.onText}
        />
      </FilterBar>
      <Loaded polled={namespaces} problem={t('clusters.namespacesProblem')}>
        {([first]) => {
          const namespace = props.namespace ?? first?.name;
          return namespace ? (
            <Pods {...props} namespace={namespace} />
          ) : (
            <EmptyNote
              title={t('clusters.noNamespaces')}
              help={{ topic: 'ownership' }}
            />
          );
        }}
      </Loaded>
    </Panel>
  );
};

function Pods(props: {
  cluster: string;
  namespace: string;
  text?: string;
  pageField: string;
  noMigrate?: string;
  noDelete?: string;
  onMigrate(pod: Passenger): void;
  onDelete(pod: Pod): void;
}) {
  const { cluster, namespace, ...actions } = props;
  const t = useWords();
  const api = useApi(cubemigApiRef);
  const load = useCallback(
    () => api.clusters.listPods(cluster, namespace),
    [api, cluster, namespace],
  );
  const polled = usePolling(load, CALM);
  return (
    <Loaded polled={polled} problem={t('clusters.podsProblem')}>
      {pods => (
        <PodList
          pods={pods}
          {...actions}
          onMigrate={pod => actions.onMigrate(passengerAmong(pods, pod))}
        />
      )}
    </Loaded>
  );
}
