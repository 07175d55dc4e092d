/** Labels and annotations that CubeMig puts on, or reads from, Kubernetes objects and catalog entities. */

/** On entities and pods: which pods belong to which entity (Backstage's Kubernetes plugin). */
export const KUBERNETES_ID = 'backstage.io/kubernetes-id';

/** Label on everything that a migration makes: the migration's id. */
export const LABEL_MIGRATION = 'cubemig.io/migration';

/** Label on a restored pod: the cluster it came from. */
export const LABEL_SOURCE_CLUSTER = 'cubemig.io/source-cluster';

/** Label on a restored pod: how many migrations its processes have behind them. */
export const LABEL_HOPS = 'cubemig.io/hops';

/** Readiness gate of a restored pod: no traffic before validation. */
export const CONDITION_VALIDATED = 'cubemig.io/validated';

/** Kubernetes: which pods a ReplicaSet removes first when it is scaled down (the lowest first). */
export const POD_DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';

/** Label on a pod: with the value `allowed`, attacks may be simulated in it. */
export const LABEL_SIMULATION = 'cubemig.io/simulation';
