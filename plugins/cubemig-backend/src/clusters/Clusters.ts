import { Cluster } from '@cubemig/plugin-cubemig-common';
import { ClusterClient } from './ClusterClient';

/** The clusters of Backstage's Kubernetes config. */
export interface Clusters {
  /** All clusters. One that cannot be used now carries its `problem`. */
  list(): Promise<Cluster[]>;
  /**
   * A client for one cluster.
   *
   * @throws NotFoundError if there is no such cluster; ProblemError if it cannot be used in the background.
   */
  getClient(cluster: string): Promise<ClusterClient>;
}
