import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { startProcess, waitUntil } from './processes.mjs';
import { root } from './root.mjs';
import { runTool, toolEnvironment } from './tools.mjs';

/** What Backstage has to know of the lab, as a config file on top of app-config.yaml. */
export function labConfig(
  lab,
  { appUrl, backendUrl, backendPort, databaseDir, assessment },
) {
  return {
    app: { baseUrl: appUrl },
    backend: {
      baseUrl: backendUrl,
      listen: { host: '127.0.0.1', port: backendPort },
      cors: { origin: appUrl },
      database: {
        client: 'better-sqlite3',
        connection: { directory: databaseDir },
      },
    },
    kubernetes: {
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: lab.clusters.map(cluster => ({
            name: cluster.name,
            url: cluster.url,
            authProvider: 'serviceAccount',
            serviceAccountToken: cluster.backstageToken,
            caFile: cluster.caFile,
            skipMetricsLookup: true,
          })),
        },
      ],
    },
    cubemig: {
      firstRun: 'component:default/counter',
      namespaces: ['demo'],
      registry: {
        host: lab.registry.host,
        insecure: true,
        username: lab.registry.username,
        password: lab.registry.password,
        // The lab has this Secret in each granted namespace.
        pullSecrets: ['cubemig-registry'],
      },
      courier: { image: lab.courierImage },
      alerts: {
        senders: lab.clusters.map(({ name, alertsToken }) => ({
          cluster: name,
          username: name,
          password: alertsToken,
        })),
      },
      response: parse(
        readFileSync(join(root, 'examples/lab/response-rules.yaml'), 'utf8'),
      ),
      assessment,
    },
  };
}

/** Where a backend on this machine takes in Falco's alerts. */
export function alertsUrl(backendPort) {
  return `http://127.0.0.1:${backendPort}/api/cubemig/alert`;
}

/** Builds the frontend that the backend serves when it does not run for development. */
export function buildApp() {
  console.log('Building the app ...');
  runTool('backstage-cli', ['package', 'build'], {
    cwd: join(root, 'packages/app'),
    isQuiet: true,
  });
}

/**
 * Starts Backstage on the lab. `dev` serves the frontend from its development server and reloads what changes; without it the backend
 * serves the built frontend (see `buildApp`), as in production. `assessment` names a language model; without it the lab has none.
 */
export async function startBackstage(
  lab,
  {
    port = 3000,
    backendPort = 7007,
    isDev = true,
    stateDir,
    env = {},
    assessment,
  },
) {
  const backendUrl = `http://localhost:${backendPort}`;
  const appUrl = isDev ? `http://localhost:${port}` : backendUrl;
  const configFile = join(stateDir, 'app-config.lab.yaml');
  mkdirSync(dirname(configFile), { recursive: true });
  writeFileSync(
    configFile,
    stringify(
      labConfig(lab, {
        appUrl,
        backendUrl,
        backendPort,
        databaseDir: join(stateDir, 'database'),
        assessment,
      }),
    ),
    { mode: 0o600 },
  );
  const config = [
    ...['--config', join(root, 'app-config.yaml')],
    ...['--config', configFile],
  ];
  const options = {
    // guest sign-in is for development only
    env: toolEnvironment({ NODE_ENV: 'development', ...env }),
    logFile: join(stateDir, 'backstage.log'),
  };
  let handle;
  if (isDev) {
    handle = startProcess(
      'backstage-cli',
      ['repo', 'start', 'app', 'backend', ...config],
      options,
    );
  } else {
    handle = startProcess(
      process.execPath,
      [
        ...['--require', '@backstage/cli/config/nodeTransform.cjs'],
        ...['src/index.ts', ...config],
      ],
      // catalog files are named relative to the backend's folder, where `backstage-cli` runs it too
      { ...options, cwd: join(root, 'packages/backend') },
    );
  }
  const answers = url => async () => (await fetch(url)).ok;
  await waitUntil(
    'the backend',
    answers(`${backendUrl}/.backstage/health/v1/readiness`),
    { handle, seconds: 180 },
  );
  await waitUntil('the app', answers(appUrl), { handle, seconds: 180 });
  return { appUrl, backendUrl, handle };
}
