import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** Debian's docker-registry on a free port of the loopback interface, with its data below a folder. */
export class Registry {
  constructor(child, host, data) {
    this.child = child;
    this.host = host;
    this.data = data;
  }

  static async start(folder) {
    const host = `127.0.0.1:${await freePort()}`;
    const data = join(folder, 'registry');
    mkdirSync(data, { recursive: true });
    const config = join(folder, 'registry.yml');
    writeFileSync(
      config,
      [
        'version: 0.1',
        'log: { level: error, accesslog: { disabled: true } }',
        `storage: { filesystem: { rootdirectory: ${data} }, delete: { enabled: true } }`,
        `http: { addr: '${host}' }`,
      ].join('\n'),
    );
    const child = spawn('docker-registry', ['serve', config], {
      stdio: 'ignore',
    });
    process.once('exit', () => child.kill());
    await new Promise((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    for (let tries = 0; ; tries++) {
      const isUp = await fetch(`http://${host}/v2/`).then(
        answer => answer.ok,
        () => false,
      );
      if (isUp) return new Registry(child, host, data);
      if (tries > 100) throw new Error('docker-registry does not answer');
      await wait(100);
    }
  }

  /** Opens an upload; the address to send the blob to. */
  async openUpload(repository) {
    const answer = await fetch(
      `http://${this.host}/v2/${repository}/blobs/uploads/`,
      { method: 'POST' },
    );
    return answer.headers.get('location');
  }

  /** Forgets everything, so that every push has everything to send. */
  clear() {
    rmSync(join(this.data, 'docker'), { recursive: true, force: true });
  }

  async stop() {
    const isGone = new Promise(resolve => {
      this.child.once('exit', resolve);
    });
    this.child.kill();
    await isGone;
  }
}

async function freePort() {
  const server = createServer();
  await new Promise(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address();
  await new Promise(resolve => {
    server.close(resolve);
  });
  return port;
}
