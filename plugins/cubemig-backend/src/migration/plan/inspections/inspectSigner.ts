import { blocker, Finding, PlanContext } from '../PlanContext';

/** What is restored must be signed, where config says so; stored checkpoints were asked for their signature when they were taken. */
export function inspectSigner({ order, config }: PlanContext): Finding[] {
  const { signers } = config;
  const { sourceCluster: cluster } = order;
  if (!signers || signers.has(cluster) || order.mode === 'restore') return [];
  return [
    blocker(
      {
        code: 'source-key-missing',
        message: `Only signed checkpoints are restored, and no key of the cluster '${cluster}' is known.`,
        remedy: `Add '${cluster}' with its public key to cubemig.registry.signedBy in app-config, and its private key to the Secret of cubemig.courier.signingSecret.`,
      },
      { cluster },
    ),
  ];
}
