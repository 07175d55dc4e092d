import { RegistryClient } from '@cubemig/oci';
import { CubemigConfig } from '../config';

/** The registry as the backend sees it: it only looks up which digest a tag has. */
export function createRegistryClient({
  registry,
  registryCa,
  registryClientCertificate,
}: CubemigConfig) {
  const { host, insecure, username, password } = registry;
  return new RegistryClient({
    host,
    insecure,
    ca: registryCa,
    clientCertificate: registryClientCertificate,
    credentials: asked =>
      asked === host && username && password
        ? { username, password }
        : undefined,
  });
}
