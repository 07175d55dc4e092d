import { parseDockerConfig, RegistryClient } from '@cubemig/oci';
import { CheckpointTask } from '@cubemig/plugin-cubemig-common';
import { Surroundings } from './Surroundings';

/** The registry of a request, with the credentials that are mounted. To be closed. */
export async function openRegistry(
  registry: CheckpointTask['registry'],
  { files, redactor }: Surroundings,
): Promise<RegistryClient> {
  const { host, insecure, ca, clientCertificate } = registry;
  const config = await files.readRegistryConfig();
  const credentials = (registryHost: string) => {
    const found = config ? parseDockerConfig(config, registryHost) : undefined;
    if (found) {
      const pair = `${found.username}:${found.password}`;
      redactor.add(found.password, Buffer.from(pair).toString('base64'));
    }
    return found;
  };
  return new RegistryClient({
    host,
    insecure,
    ca,
    credentials,
    clientCertificate: clientCertificate && {
      certificate: await files.readRegistryTls(clientCertificate.certificate),
      key: await files.readRegistryTls(clientCertificate.key),
    },
  });
}
