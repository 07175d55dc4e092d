import { Owner } from '@cubemig/plugin-cubemig-common';
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
