import { ClusterApiError, Clusters } from '../../clusters';
import { afterChanges } from './afterChanges';

/** Clusters that, when they are told to, make each change and lose the answer; asked for the same again, they answer. */
export class LostAnswers {
  /** Whether answers are lost. */
  isOn = false;
  private readonly lost = new Set<string>();
  readonly clusters: Clusters;

  constructor(real: Clusters) {
    this.clusters = afterChanges(real, (cluster, change) =>
      this.lose(cluster, essence([cluster, ...change])),
    );
  }

  /** How many were lost. */
  get count() {
    return this.lost.size;
  }

  private lose(cluster: string, change: string) {
    if (!this.isOn || this.lost.has(change)) return;
    this.lost.add(change);
    throw new ClusterApiError(cluster, undefined, undefined, 'socket hang up');
  }
}

/** What differs when the same is asked for again, a little later, is left out. */
function essence(request: unknown[]) {
  return JSON.stringify(request, (key, value) =>
    ['resourceVersion', 'lastTransitionTime'].includes(key) ? '' : value,
  );
}
