import { blocker, Finding, TargetContext, warning } from '../PlanContext';
import { valueOf } from '../Reading';
import { inspectPower } from './inspectPower';

/** Whether the target has a place for the pod. */
export function inspectPlace(context: TargetContext): Finding[] {
  const { target, place, order } = context;
  const { cluster, namespace, pod } = place;
  const space = valueOf(target.namespace);
  const isMissing = target.namespace?.isReadable && !space;
  const findings: Finding[] = [];
  if (target.namespace && !target.namespace.isReadable) {
    findings.push(blocker(target.namespace.problem, { cluster }));
  }
  if (isMissing) {
    findings.push(
      blocker(
        {
          code: 'namespace-missing',
          message: `The cluster '${cluster}' has no namespace '${namespace}'.`,
          remedy: `Create it: kubectl create namespace ${namespace}`,
        },
        { cluster, object: `Namespace ${namespace}` },
      ),
    );
  }
  if (space?.metadata?.deletionTimestamp) {
    findings.push(
      blocker(
        {
          code: 'namespace-missing',
          message: `The namespace '${namespace}' of cluster '${cluster}' is being deleted.`,
          remedy: 'Wait until it is gone, and create it again.',
        },
        { cluster, object: `Namespace ${namespace}` },
      ),
    );
  }
  if (valueOf(target.hasPod)) {
    findings.push(
      blocker(
        {
          code: 'name-taken',
          message: `The cluster '${cluster}' has a pod '${pod}' in '${namespace}' already.`,
          remedy: 'Delete it if nobody needs it, then migrate again.',
        },
        { cluster, object: `Pod ${namespace}/${pod}` },
      ),
    );
  }
  return [
    ...findings,
    ...inspectKey(context),
    ...(order.quarantine
      ? [...inspectPower(context), ...inspectQuarantine(context)]
      : []),
  ];
}

/** An encrypted checkpoint is of use only where a key to it lies. */
function inspectKey({ config, place }: TargetContext): Finding[] {
  const { cluster } = place;
  const { recipients } = config;
  if (!recipients || recipients.clusters.has(cluster)) return [];
  return [
    blocker(
      {
        code: 'target-key-missing',
        message: `Checkpoints are encrypted, and no key of the cluster '${cluster}' is known: it could not read one.`,
        remedy: `Add '${cluster}' with its public key to cubemig.registry.encryption.clusters in app-config, and put the private key on its nodes.`,
      },
      { cluster },
    ),
  ];
}

/** NetworkPolicies add up: what another one allows, deny-all does not forbid. */
function inspectQuarantine({ target, place }: TargetContext): Finding[] {
  const opening = (valueOf(target.policies) ?? []).filter(
    ({ spec }) =>
      Object.keys(spec?.podSelector?.matchLabels ?? {}).length === 0 &&
      ((spec?.ingress?.length ?? 0) > 0 || (spec?.egress?.length ?? 0) > 0),
  );
  if (opening.length === 0) return [];
  return [
    warning(
      {
        code: 'quarantine-open',
        message: `In '${place.namespace}' the NetworkPolicy ${opening
          .map(({ metadata }) => `'${metadata?.name}'`)
          .join(', ')} allows every pod some traffic, the quarantined one too.`,
        remedy: 'Choose a namespace without such policies.',
      },
      { cluster: place.cluster, object: `Namespace ${place.namespace}` },
    ),
  ];
}
