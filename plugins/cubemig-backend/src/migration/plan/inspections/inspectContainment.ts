import { Finding, PlanContext, warning } from '../PlanContext';
import { valueOf } from '../Reading';

/** What containing the source will mean. */
export function inspectContainment(context: PlanContext): Finding[] {
  const { order, inventory, pod } = context;
  if (order.contain === 'none') return [];
  const { cluster, owner, policies } = inventory.source;
  const about = { cluster, object: `Pod ${order.namespace}/${order.pod}` };
  const findings = [
    warning(
      {
        code: 'containment-stays',
        message: `As soon as the evidence is in the registry the source is ${
          order.contain === 'delete' ? 'deleted' : 'cut off from the network'
        }; that stays so if a later step fails.`,
        remedy:
          order.contain === 'delete'
            ? 'The checkpoint brings it back (mode restore).'
            : 'To let it go on, delete the NetworkPolicy that the plan names.',
      },
      about,
    ),
  ];
  if (order.contain === 'delete' && owner) {
    findings.push(
      warning(
        {
          code: 'replaced-by-fresh',
          message: `The ${owner.kind} '${owner.name}' will replace the deleted pod by a fresh one.`,
          remedy:
            'Scale it down before if the hole through which the attacker came is still open.',
        },
        about,
      ),
    );
  }
  if (order.contain === 'isolate' && pod.spec?.hostNetwork) {
    findings.push(
      warning(
        {
          code: 'isolation-host-network',
          message:
            "The pod shares its node's network, and NetworkPolicies do not hold such pods: isolation will not cut it off.",
          remedy: 'Choose delete.',
        },
        about,
      ),
    );
  }
  const labels = pod.metadata?.labels ?? {};
  const opening = (valueOf(policies) ?? []).filter(({ spec }) =>
    Object.entries(spec?.podSelector?.matchLabels ?? {}).every(
      ([key, value]) => labels[key] === value,
    ),
  );
  if (order.contain === 'isolate' && opening.length > 0) {
    findings.push(
      warning(
        {
          code: 'isolation-open',
          message: `What the NetworkPolicy ${opening
            .map(({ metadata }) => `'${metadata?.name}'`)
            .join(', ')} allows this pod, isolation does not take away.`,
          remedy: 'NetworkPolicies add up: choose delete, or change that one.',
        },
        about,
      ),
    );
  }
  return findings;
}
