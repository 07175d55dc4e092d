import { PlannedAction } from '@cubemig/plugin-cubemig-common';
import { ClusterClient, KubePod, KubeWorkload } from '../../../clusters';
import { MigrationRun } from '../../MigrationRun';
import type { Finding, TargetContext } from '../../plan';

/** How pods of one kind of workload come to the target and leave the source. */
export interface WorkloadStrategy {
  /** What speaks against moving the pod. Pure. */
  inspect(context: TargetContext): Finding[];
  /** What cut-over will do besides opening the pod to traffic. Pure. */
  plan(context: TargetContext, migration: string): PlannedAction[];
  /** Labels of the app that the restored pod gets at cut-over only, lest a controller of the target takes it too early. Pure. */
  withhold?(workload: KubeWorkload): string[];
  /** Gives the validated pod to the target's workload. Safe to be run again from its start. */
  join(run: MigrationRun, source: KubePod): Promise<void>;
  /** Takes `join` back; what it made with `run.make` is removed by itself. */
  leave?(run: MigrationRun): Promise<void>;
  /** Tells the source's workload to let that very pod go. Safe to be run again; a refusal must mean that nothing has changed. */
  release(run: MigrationRun, client: ClusterClient): Promise<void>;
  /** Removes the marks of `join` and `release`, once nothing will be taken back any more. */
  settle?(run: MigrationRun): Promise<void>;
}
