import { Owner, StepName } from '@cubemig/plugin-cubemig-common';
import type { CutOverPlan } from '../objects';

/** What finished steps found out and later ones need, beyond what the API shows. */
export interface MigrationFacts {
  /** The pod's workload; absent for a bare pod. */
  owner?: Owner;
  /** The kubelet's port on the source's node. */
  kubeletPort?: number;
  /** The source node's processor architecture, as Kubernetes names it. */
  architecture?: string;
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
