import { ClusterClient, Clusters, Endurance, outlast } from '../clusters';
import { fence } from './fence';

/** The clusters as one migration asks and changes them: through outages of their API servers, and only while it may. */
export class SteadyClusters implements Clusters {
  private readonly endurances = new Map<string, Endurance>();

  constructor(
    private readonly clusters: Clusters,
    private readonly options: {
      /** How long an API server may be out. */
      outageSeconds: number;
      /** Throws when nothing may be changed any more. */
      assertHeld: () => void;
      /** What ends the waiting at the moment. */
      signal: () => AbortSignal;
      /** Told when an outage begins. */
      onOutage: (cluster: string, error: unknown) => Promise<void>;
    },
  ) {}

  /** How many requests have failed for a reason that may pass: what they were to do may have been done. */
  get failures(): number {
    return [...this.endurances.values()].reduce(
      (sum, { failures }) => sum + failures,
      0,
    );
  }

  list() {
    return this.clusters.list();
  }

  async getClient(cluster: string): Promise<ClusterClient> {
    const { assertHeld, signal } = this.options;
    const endurance = this.enduranceOf(cluster);
    const client = await endurance.ask(
      () => this.clusters.getClient(cluster),
      signal(),
    );
    return outlast(fence(client, assertHeld), endurance, signal);
  }

  private enduranceOf(cluster: string): Endurance {
    const known = this.endurances.get(cluster);
    if (known) return known;
    const { outageSeconds, onOutage } = this.options;
    const endurance = new Endurance({
      cluster,
      seconds: outageSeconds,
      setting: 'cubemig.migration.timeouts.outageSeconds',
      onOutage: error => onOutage(cluster, error),
    });
    this.endurances.set(cluster, endurance);
    return endurance;
  }
}
