import { CheckpointTask } from '@cubemig/plugin-cubemig-common';
import { CubemigConfig } from '../../config';

/** As every Secret of the type `kubernetes.io/tls` names them. */
const CLIENT_CERTIFICATE = { certificate: 'tls.crt', key: 'tls.key' };

/** What a courier is told of the registry. */
export function describeRegistry(
  { registry, registryCa }: Pick<CubemigConfig, 'registry' | 'registryCa'>,
  repository: string,
): CheckpointTask['registry'] {
  const { host, insecure, clientCertificateSecret } = registry;
  return {
    host,
    repository,
    insecure,
    ca: registryCa,
    ...(clientCertificateSecret
      ? { clientCertificate: CLIENT_CERTIFICATE }
      : {}),
  };
}
