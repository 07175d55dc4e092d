import { Clusters, KubePod } from '../../clusters';

/** What an alert tells of its pod. */
export interface PodClue {
  cluster: string;
  namespace?: string;
  pod?: string;
  /** The first characters of a container's id. */
  containerId?: string;
}

/** For so long a namespace's pods count as known: a storm of alerts must not become a storm on the API server. */
const FRESH_MS = 2_000;

/** Finds the pods of alerts, in granted namespaces only. */
export class PodDirectory {
  private readonly lists = new Map<
    string,
    { readAt: number; pods: Promise<KubePod[]> }
  >();

  constructor(
    private readonly clusters: Clusters,
    private readonly grantedNamespaces: string[],
  ) {}

  /**
   * The pod that runs, or ran last, the container; or the one with that name if no container is known. A pod that has taken over the name
   * of another is not found by that one's container.
   */
  async find(clue: PodClue): Promise<KubePod | undefined> {
    const { cluster, namespace, pod: name, containerId } = clue;
    const namespaces = this.grantedNamespaces.filter(
      granted => !namespace || granted === namespace,
    );
    for (const granted of namespaces) {
      const pods = await this.list(cluster, granted);
      const found = pods.find(pod =>
        containerId
          ? findContainer(pod, containerId) !== undefined
          : name !== undefined && pod.metadata?.name === name,
      );
      if (found) return found;
    }
    return undefined;
  }

  private list(cluster: string, namespace: string): Promise<KubePod[]> {
    const key = `${cluster}/${namespace}`;
    const known = this.lists.get(key);
    if (known && Date.now() - known.readAt < FRESH_MS) return known.pods;
    const pods = this.clusters
      .getClient(cluster)
      .then(client => client.list('Pod', { namespace }));
    this.lists.set(key, { readAt: Date.now(), pods });
    return pods;
  }
}

/** The name of the container with that id, now or before its last restart. */
export function findContainer(
  pod: KubePod,
  containerId: string,
): string | undefined {
  return statusesOf(pod).find(status =>
    [
      status.containerID,
      status.state?.terminated?.containerID,
      status.lastState?.terminated?.containerID,
    ].some(id => isSame(id, containerId)),
  )?.name;
}

/** Whether the container with that id runs now. */
export function runsContainer(pod: KubePod, containerId: string): boolean {
  return statusesOf(pod).some(
    ({ containerID, state }) =>
      state?.running !== undefined && isSame(containerID, containerId),
  );
}

function statusesOf({ status = {} }: KubePod) {
  const { containerStatuses = [], initContainerStatuses = [] } = status;
  return [...containerStatuses, ...initContainerStatuses];
}

/** Kubernetes writes `cri-o://<id>`. */
function isSame(id: string | undefined, beginning: string) {
  return id?.replace(/^.*:\/\//, '').startsWith(beginning) === true;
}
