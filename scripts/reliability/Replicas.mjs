import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { labConfig } from '../backstage.mjs';
import { startProcess, stopProcess, waitUntil } from '../processes.mjs';
import { root } from '../root.mjs';

const TOKEN = 'for-this-run-on-loopback-only';

/** Backends that share one database, each of which can be killed and started again. */
export class Replicas {
  #options;
  #replicas = [];

  constructor(options) {
    this.#options = options;
  }

  async start(count) {
    this.#replicas = Array.from({ length: count }, (_, index) => ({
      index,
      port: this.#options.port + index,
      handle: undefined,
    }));
    const [first, ...others] = this.#replicas;
    // It makes the tables.
    await this.#run(first);
    await Promise.all(others.map(replica => this.#run(replica)));
  }

  async stop() {
    await Promise.all(this.#replicas.map(({ handle }) => stopProcess(handle)));
    this.#replicas = [];
  }

  /** Kills one at once and without a word; the one with this process id, if there is one, or any. Resolves to its process id. */
  async kill(pid) {
    const alive = this.#replicas.filter(({ handle }) => !handle.hasEnded);
    const victim =
      alive.find(({ handle }) => handle.child.pid === pid) ?? pick(alive);
    if (!victim) return undefined;
    victim.handle.child.kill('SIGKILL');
    await victim.handle.ended;
    return victim.handle.child.pid;
  }

  /** Starts those again that were killed. */
  async revive() {
    const dead = this.#replicas.filter(({ handle }) => handle.hasEnded);
    await Promise.all(dead.map(replica => this.#run(replica)));
  }

  /** Asks the API of any backend that is alive, as often as it takes. */
  async ask(path, init = {}) {
    let lastError;
    for (const deadline = Date.now() + 60_000; Date.now() < deadline; ) {
      const alive = this.#replicas.filter(({ handle }) => !handle.hasEnded);
      const chosen = pick(alive);
      const port = chosen?.port ?? this.#options.port;
      try {
        const response = await fetch(
          `http://127.0.0.1:${port}/api/cubemig${path}`,
          {
            ...init,
            headers: {
              Authorization: `Bearer ${TOKEN}`,
              'Content-Type': 'application/json',
            },
            signal: AbortSignal.timeout(30_000),
          },
        );
        if (response.ok) return await response.json();
        lastError = new Error(await response.text());
        // What a backend refuses it will refuse again.
        if (response.status < 500) throw lastError;
      } catch (error) {
        if (error === lastError) throw error;
        lastError = error;
      }
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    throw lastError;
  }

  async #run(replica) {
    const { lab, connection, stateDir, settings } = this.#options;
    const url = `http://127.0.0.1:${replica.port}`;
    const config = labConfig(lab, {
      appUrl: url,
      backendUrl: url,
      backendPort: replica.port,
    });
    config.backend.database = { client: 'pg', connection };
    config.backend.auth = {
      externalAccess: [
        {
          type: 'static',
          options: { token: TOKEN, subject: 'reliability' },
        },
      ],
    };
    config.permission = { enabled: true };
    config.kubernetes.serviceLocatorMethod = { type: 'multiTenant' };
    config.cubemig.migration = settings;
    mkdirSync(stateDir, { recursive: true });
    const file = join(stateDir, `replica-${replica.index}.yaml`);
    writeFileSync(file, stringify(config), { mode: 0o600 });
    replica.handle = startProcess(
      process.execPath,
      [
        ...['--require', '@backstage/cli/config/nodeTransform.cjs'],
        ...['scripts/reliability/backend.ts', '--config', file],
      ],
      {
        cwd: root,
        logFile: join(stateDir, `replica-${replica.index}-${Date.now()}.log`),
      },
    );
    await waitUntil(
      `backend ${replica.index}`,
      async () => (await fetch(`${url}/.backstage/health/v1/readiness`)).ok,
      { handle: replica.handle, seconds: 120 },
    );
  }
}

function pick(items) {
  return items[Math.floor(Math.random() * items.length)];
}
