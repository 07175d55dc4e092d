import { readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

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
    return this.readIfThere(
      '/var/run/secrets/cubemig/registry/.dockerconfigjson',
    );
  }

  /** The cluster's private key for signing; undefined where none is mounted. */
  async readSigningKey(): Promise<string | undefined> {
    return this.readIfThere('/var/run/secrets/cubemig/signing/key.pem');
  }

  async writeTerminationMessage(text: string): Promise<void> {
    await writeFile(this.locate('/dev/termination-log'), text);
  }

  async delete(path: string): Promise<void> {
    await unlink(this.locate(path));
  }

  private async readIfThere(path: string): Promise<string | undefined> {
    return this.read(path).catch(error => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
  }

  private async read(path: string): Promise<string> {
    return readFile(this.locate(path), 'utf8');
  }
}
