import { Owner, StepName } from '@cubemig/plugin-cubemig-common';
import type { KubeNode, KubePod, KubeWorkload } from '../../clusters';
import type { CutOverPlan, SetJoin } from '../objects';

/** A route whose traffic a migration has switched. */
export interface ChangedRoute {
  cluster: string;
  kind: 'VirtualService' | 'DestinationRule' | 'HTTPRoute';
  namespace: string;
  name: string;
  /** Its `spec` as it was. */
  before: object;
  /** As the cluster answered it; absent if nobody was left to hear that. */
  after?: object;
}

/** What finished steps found out and later ones need, beyond what the API shows. */
export interface MigrationFacts {
  /** The pod's workload; absent for a bare pod. */
  owner?: Owner;
  /** The source pod as it was before the checkpoint: what it is restored from, even when the source is gone. */
  pod?: KubePod;
  /** The source pod's node; only what its restore depends on. */
  node?: KubeNode;
  /** The pod's workload as it was, if it is of a kind that can move. */
  workload?: KubeWorkload;
  /** Files of emptyDirs in the registry. */
  volumes?: { name: string; digest: string; bytes: number }[];
  /** When each of the source's containers started, as seen before the checkpoint. */
  sourceStarts?: Record<string, string>;
  /** Which courier is on its way, from 1. */
  courierAttempt?: number;
  /** A courier was sent and has not told how it ended: it may have left archives on its node. */
  isCourierOut?: boolean;
  /** When each of the restored pod's containers started. */
  targetStarts?: Record<string, string>;
  /** How the restored pod comes to its Deployment, from the moment when that begins. */
  cutOver?: CutOverPlan;
  /** The same of a StatefulSet. */
  setJoin?: SetJoin;
  /** Routes that were changed, each with what it said before, noted down before it was changed. */
  routes?: ChangedRoute[];
  /** Whether webhooks may have been told of the cut-over. */
  isCutOverTold?: boolean;
  /** From here on the migration goes forward only: the source may have been told to stop. */
  isSourceStopping?: boolean;
  /** The step in which a worker was lost, and how often in a row. */
  interruption?: { step: StepName; times: number };
}
