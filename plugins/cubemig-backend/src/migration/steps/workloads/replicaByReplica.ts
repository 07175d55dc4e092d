import {
  cheapenSource,
  forgetScalings,
  scaleOnce,
  takeBackReplica,
  workloadIn,
} from '../replicas';
import { WorkloadStrategy } from './WorkloadStrategy';

/** How a pod leaves a workload that has as many as it says, none of which is special: the cheapest one goes. */
export const replicaByReplica: Pick<
  WorkloadStrategy,
  'leave' | 'release' | 'settle'
> = {
  async leave(run) {
    await takeBackReplica(run, await run.target(), workloadIn(run, 'target'));
  },

  async release(run, client) {
    await cheapenSource(run, client);
    await scaleOnce(run, client, workloadIn(run, 'source'), -1);
  },

  settle: forgetScalings,
};
