import { MigrationOrder, Owner } from '@cubemig/plugin-cubemig-common';
import { KubeWorkload } from '../../../clusters';
import { barePod } from './barePod';
import { deployment } from './deployment';
import { job } from './job';
import { replicaSet } from './replicaSet';
import { statefulSet } from './statefulSet';
import { WorkloadStrategy } from './WorkloadStrategy';

const strategies: Record<string, WorkloadStrategy> = {
  Deployment: deployment,
  Job: job,
  ReplicaSet: replicaSet,
  StatefulSet: statefulSet,
};

/** How pods of an owner move; undefined for kinds whose pods do not. */
export function strategyOf(owner: Owner): WorkloadStrategy | undefined;
export function strategyOf(owner: undefined): WorkloadStrategy;
export function strategyOf(
  owner: Owner | undefined,
): WorkloadStrategy | undefined;
export function strategyOf(owner: Owner | undefined) {
  return owner ? strategies[owner.kind] : barePod;
}

/** Labels that the restored pod gets at cut-over only. Who does not take over has none of the app's labels anyway. */
export function withheldLabels(
  { mode }: Pick<MigrationOrder, 'mode'>,
  owner: Owner | undefined,
  workload: KubeWorkload | undefined,
): string[] {
  if (mode !== 'move' || !workload) return [];
  return strategyOf(owner)?.withhold?.(workload) ?? [];
}
