import { LABEL_SIMULATION, Problem } from '@cubemig/plugin-cubemig-common';
import { KubePod } from '../clusters';

/** Why attacks may not be simulated in a pod; undefined if they may. */
export function findRefusal(pod: KubePod): Problem | undefined {
  const { name, labels } = pod.metadata ?? {};
  if (labels?.[LABEL_SIMULATION] !== 'allowed') {
    return {
      code: 'simulation-not-allowed',
      message: `The pod '${name}' is not labelled for simulated attacks.`,
      remedy: `Label the pod template of its workload: ${LABEL_SIMULATION}=allowed.`,
    };
  }
  if (pod.metadata?.deletionTimestamp || pod.status?.phase !== 'Running') {
    return {
      code: 'simulation-pod-not-running',
      message: `The pod '${name}' does not run.`,
      remedy: 'Wait until it runs, or choose another one.',
    };
  }
  return undefined;
}
