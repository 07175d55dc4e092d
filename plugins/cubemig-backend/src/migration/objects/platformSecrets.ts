import { CubemigConfig } from '../../config';

/** A Secret that config names, for pods that CubeMig makes. */
export interface PlatformSecret {
  name: string;
  /** Where app-config names it. */
  setting: string;
  /** A mounted one keeps its pod from beginning if it is missing; of those to pull with, the kubelet takes the ones that are there. */
  use: 'mount' | 'pull';
}

/** Those of the courier's namespace in the source cluster. */
export function courierSecretsOf({
  courier,
  registry,
}: CubemigConfig): PlatformSecret[] {
  return [
    ...named('mount', 'cubemig.courier.registrySecret', [
      courier.registrySecret,
    ]),
    ...named('mount', 'cubemig.courier.signingSecret', [courier.signingSecret]),
    ...named('mount', 'cubemig.registry.clientCertificateSecret', [
      registry.clientCertificateSecret,
    ]),
    ...named(
      'pull',
      'cubemig.courier.imagePullSecrets',
      courier.imagePullSecrets,
    ),
  ];
}

/**
 * Those of the restored pod's namespace.
 *
 * @param hasFiles - whether files of emptyDirs travel: a courier puts them back, as the pod's init container
 */
export function restoredPodSecretsOf(
  { registry, migration }: CubemigConfig,
  hasFiles: boolean,
): PlatformSecret[] {
  const setting = 'cubemig.registry.pullSecrets';
  const { pullSecrets, clientCertificateSecret } = registry;
  if (!hasFiles) return named('pull', setting, pullSecrets);
  return [
    ...named('mount', setting, pullSecrets.slice(0, 1)),
    ...named('mount', 'cubemig.registry.clientCertificateSecret', [
      clientCertificateSecret,
    ]),
    ...named('mount', 'cubemig.migration.volumeKeySecret', [
      migration.volumeKeySecret,
    ]),
  ];
}

function named(
  use: PlatformSecret['use'],
  setting: string,
  names: (string | undefined)[],
): PlatformSecret[] {
  return names.flatMap(name => (name ? [{ name, setting, use }] : []));
}
