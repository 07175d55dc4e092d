import { Owner, StepName } from '@cubemig/plugin-cubemig-common';
import type { KubeNode, KubePod, KubeWorkload } from '../../clusters';
import type { CutOverPlan } from '../objects';

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
  /** When each of the restored pod's containers started. */
  targetStarts?: Record<string, string>;
  /** How the restored pod comes to its workload, from the moment when that begins. */
  cutOver?: CutOverPlan;
  /** From here on the migration goes forward only: the source may have been told to stop. */
  isSourceStopping?: boolean;
  /** The step in which a worker was lost, and how often in a row. */
  interruption?: { step: StepName; times: number };
}
