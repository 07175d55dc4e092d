import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { courierPaths } from '@cubemig/plugin-cubemig-common';

const serviceAccount = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The files that the courier's pod sees, below a root (for a runtime without mounts; else the root is `/`). */
export class NodeFiles {
  constructor(private readonly root: string) {}

  /** Where a path of the node, as the kubelet names it, is to be found. */
  locate(path: string): string {
    return join(this.root || '/', path);
  }

  async readToken(): Promise<string> {
    return (await this.read(`${serviceAccount}/token`)).trim();
  }

  async readClusterCa(): Promise<string> {
    return this.read(`${serviceAccount}/ca.crt`);
  }

  /** The registry Secret's Docker config; undefined where none is mounted, for a registry that asks for nothing. */
  async readRegistryConfig(): Promise<string | undefined> {
    return ifThere(this.read(`${courierPaths.registry}/.dockerconfigjson`));
  }

  /** The client's certificate or key for the registry, by its name in the Secret. */
  async readRegistryTls(name: string): Promise<string> {
    return this.read(`${courierPaths.registryTls}/${name}`);
  }

  /** The cluster's private key for signing; undefined where none is mounted. */
  async readSigningKey(): Promise<string | undefined> {
    return ifThere(this.read(`${courierPaths.signing}/key.pem`));
  }

  /** The private keys that can decrypt; none where no Secret with them is mounted. */
  async readDecryptionKeys(): Promise<string[]> {
    const folder = courierPaths.decryption;
    const names = (await ifThere(readdir(this.locate(folder)))) ?? [];
    return Promise.all(
      names
        // Kubernetes keeps a Secret's files in hidden folders and links to them.
        .filter(name => !name.startsWith('.'))
        .map(name => this.read(`${folder}/${name}`)),
    );
  }

  async writeTerminationMessage(text: string): Promise<void> {
    await writeFile(this.locate('/dev/termination-log'), text);
  }

  private async read(path: string): Promise<string> {
    return readFile(this.locate(path), 'utf8');
  }
}

async function ifThere<T>(found: Promise<T>): Promise<T | undefined> {
  return found.catch(error => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}
