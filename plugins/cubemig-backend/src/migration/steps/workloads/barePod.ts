import { WorkloadStrategy } from './WorkloadStrategy';

/** A pod that nobody owns, and that nobody will own in the target. */
export const barePod: WorkloadStrategy = {
  inspect: () => [],

  plan: ({ inventory, order }) => [
    {
      step: 'cut-over',
      verb: 'delete',
      cluster: inventory.source.cluster,
      kind: 'Pod',
      namespace: order.namespace,
      name: order.pod,
      description: 'Delete the source pod, last of all',
      isUndone: false,
    },
  ],

  async join() {},

  async release({ migration }, client) {
    const { namespace, pod: name, uid } = migration.source;
    // Without gracePeriodSeconds the pod's own applies.
    await client.delete('Pod', { namespace, name }, { uid });
  },
};
