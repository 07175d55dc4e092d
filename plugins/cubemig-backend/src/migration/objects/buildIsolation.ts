import { KubeNetworkPolicy } from '../../clusters';
import { isolationName } from './names';

/** Label on a source pod that is cut off, and on the policy that does it: the migration that contained it. */
const LABEL_CONTAINED_BY = 'cubemig.io/contained-by';

/**
 * What cuts one pod off from the network. It does not carry the label by which a migration's objects are known and removed: an attacker
 * stays contained when the migration is over, or has failed.
 */
export function buildIsolation(
  migration: string,
  namespace: string,
): { policy: KubeNetworkPolicy; podLabels: Record<string, string> } {
  const labels = { [LABEL_CONTAINED_BY]: migration };
  return {
    podLabels: labels,
    policy: {
      metadata: {
        name: isolationName(migration),
        namespace,
        labels: { ...labels, 'app.kubernetes.io/managed-by': 'cubemig' },
      },
      spec: {
        podSelector: { matchLabels: labels },
        policyTypes: ['Ingress', 'Egress'],
      },
    },
  };
}
