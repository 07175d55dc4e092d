import { valueOf } from '../Reading';
import { PlatformSecretReading } from '../Inventory';
import { blocker, Finding, PlanContext } from '../PlanContext';

/**
 * Whether the Secrets that config names are where CubeMig's pods look for them. By default Backstage may not see Secrets at all; then nothing is
 * said here: the pod itself says it when it cannot begin.
 */
export function inspectPlatformSecrets({ inventory }: PlanContext): Finding[] {
  const { source, target } = inventory;
  return [source, target].flatMap(side =>
    side ? findMissing(side.cluster, side.platformSecrets ?? []) : [],
  );
}

function findMissing(
  cluster: string,
  secrets: PlatformSecretReading[],
): Finding[] {
  const missing = secrets.filter(({ isThere }) => valueOf(isThere) === false);
  const hasOther = ({ setting }: PlatformSecretReading) =>
    secrets.some(
      other => other.setting === setting && !missing.includes(other),
    );
  return missing
    .filter(secret => secret.use === 'mount' || !hasOther(secret))
    .map(({ namespace, name, setting }) =>
      blocker(
        {
          code: 'platform-secret-missing',
          message: `The namespace '${namespace}' of cluster '${cluster}' has no Secret '${name}', which ${setting} names.`,
          remedy: `Create it there (Install, Both clusters), or take it out of ${setting} in app-config.`,
        },
        { cluster, object: `Secret ${namespace}/${name}` },
      ),
    );
}
