import { Migration, Pod } from '@cubemig/plugin-cubemig-common';

/** The pod that shall be set in motion: one that runs, or one whose checkpoints a migration has stored. */
export type Passenger = Pick<
  Pod,
  'cluster' | 'namespace' | 'name' | 'owner'
> & {
  /** Only of one that runs. */
  uid?: string;
  /** How many other pods its workload has there, as far as is known. */
  companions?: number;
  /** Those whose processes can travel. */
  containers: { name: string }[];
  /** Only of one that is restored: the migration that has its checkpoints. */
  checkpointsOf?: string;
};

/** A pod that runs, among the pods that are known. */
export function passengerAmong(pods: Pod[], pod: Pod): Passenger {
  const { cluster, namespace, owner, uid } = pod;
  const companions = pods.filter(
    other =>
      owner &&
      other.uid !== uid &&
      other.cluster === cluster &&
      other.namespace === namespace &&
      other.owner?.kind === owner.kind &&
      other.owner.name === owner.name,
  );
  return { ...pod, companions: companions.length };
}

/** The pod of which a migration has checkpoints, as they were taken. */
export function passengerOf({ id, source, checkpoints }: Migration): Passenger {
  return {
    cluster: source.cluster,
    namespace: source.namespace,
    name: source.pod,
    owner: source.owner,
    containers: checkpoints.map(({ container }) => ({ name: container })),
    checkpointsOf: id,
  };
}
