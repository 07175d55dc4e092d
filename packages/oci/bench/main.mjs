// How fast a checkpoint gets into a registry: the original's way, the plain ways, and ours, in one run. See ../README.md.
import { fork, spawnSync } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { createReadStream, mkdirSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { makeArchive } from './archive.mjs';
import { Registry } from './Registry.mjs';
import { runMeasured } from './runMeasured.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const settings = {
  mebibytes: Number(process.env.BENCH_MIB ?? 800),
  rounds: Number(process.env.BENCH_ROUNDS ?? 3),
  megabits: Number(process.env.BENCH_MBITS ?? 1000),
  largeMebibytes: Number(process.env.BENCH_LARGE_MIB ?? 4096),
};
/** As the courier's image starts Node (packages/courier/Containerfile). */
const nodeFlags = ['--max-semi-space-size=1', '--v8-pool-size=1'];
const folder = join(tmpdir(), `cubemig-bench-${process.pid}`);
const archive = join(folder, 'checkpoint.tar');
const program = join(here, '../node_modules/.cache/bench/push.cjs');

async function bench() {
  if (!has('docker-registry', '--version') || !has('curl', '--version')) {
    console.log('bench: install docker-registry and curl (apt) first');
    return 1;
  }
  mkdirSync(folder, { recursive: true });
  await build({
    entryPoints: [join(here, 'push.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    // The library is asked for by its name, from where the program lies.
    external: ['@bokuweb/zstd-wasm'],
    logLevel: 'warning',
  });
  console.log(`An archive of ${settings.mebibytes} MiB, one third random ...`);
  await makeArchive(archive, settings.mebibytes);
  const registry = await Registry.start(folder);
  const link = await startLink(registry.host);
  try {
    console.log(
      `Node ${
        process.versions.node
      }, ${availableParallelism()} processors, load ${loadavg()[0].toFixed(
        1,
      )}; best of ${settings.rounds} rounds in turn`,
    );
    await report('on loopback', await loopbackWays(registry), registry);
    await report(
      `on a link of ${settings.megabits} Mbit/s`,
      limitedWays(link.host),
      registry,
    );
    await report(
      `streamed, ${settings.largeMebibytes} MiB`,
      largeWays(registry),
      registry,
      1,
      settings.largeMebibytes,
    );
    console.log(`Load at the end: ${loadavg()[0].toFixed(1)}`);
    return 0;
  } finally {
    link.process.disconnect();
    await registry.stop();
  }
}

async function loopbackWays(registry) {
  const put = async digest =>
    runMeasured('curl', [
      ...['-sSf', '-o', '/dev/null', '-X', 'PUT', '-T', archive],
      ...['-H', 'Content-Type: application/octet-stream', '-H', 'Expect:'],
      `${await registry.openUpload('bench/curl')}&digest=${digest}`,
    ]);
  const hash = createHash('sha256');
  await pipeline(createReadStream(archive), hash);
  const known = `sha256:${hash.digest('hex')}`;
  const ways = {
    'curl PUT, digest known': () => put(known),
    'sha256sum, then curl PUT': async () => {
      const sum = await runMeasured('sha256sum', [archive]);
      const sent = await put(`sha256:${sum.output.slice(0, 64)}`);
      return together(sum, sent);
    },
    ...allOurs(registry.host, archive),
  };
  if (!has('buildah', '--version')) {
    console.log("Without the original's way: buildah is not installed");
    return ways;
  }
  return {
    "the original's way: buildah": () => buildah(registry.host),
    ...ways,
  };
}

function limitedWays(host) {
  return Object.fromEntries(
    ['none', 'zstd', 'auto'].map(compression => [
      `ours, ${compression}`,
      () => ours(host, archive, compression),
    ]),
  );
}

function largeWays(registry) {
  return allOurs(registry.host, String(settings.largeMebibytes));
}

const { publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 3072,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

function allOurs(host, source) {
  return {
    'ours, none': () => ours(host, source, 'none'),
    'ours, gzip': () => ours(host, source, 'gzip'),
    'ours, zstd': () => ours(host, source, 'zstd'),
    'ours, auto': () => ours(host, source, 'auto'),
    'ours, none, encrypted': () => ours(host, source, 'none', publicKey),
    'ours, zstd, encrypted': () => ours(host, source, 'zstd', publicKey),
  };
}

async function ours(host, source, compression, ...recipient) {
  const args = [...nodeFlags, program, host, source, compression, ...recipient];
  const measured = await runMeasured(process.execPath, args);
  return { ...measured, ...JSON.parse(measured.output) };
}

/** What the original does with an archive, on storage that needs no privileges beyond root's. */
async function buildah(host) {
  const root = join(folder, 'buildah');
  const storage = ['--root', root, '--runroot', `${root}-run`];
  const step = (...args) =>
    runMeasured('buildah', [...storage, '--storage-driver', 'vfs', ...args], {
      env: { ...process.env, BUILDAH_ISOLATION: 'chroot' },
    });
  const image = `${host}/bench/buildah:latest`;
  const steps = [await step('from', 'scratch')];
  const container = steps[0].output.trim();
  const annotation = 'io.kubernetes.cri-o.annotations.checkpoint.name=bench';
  for (const args of [
    ['add', container, archive, '/'],
    ['config', `--annotation=${annotation}`, container],
    ['commit', '--format', 'oci', container, image],
    ['push', '--tls-verify=false', image, `docker://${image}`],
  ]) {
    steps.push(await step(...args));
  }
  await step('rm', container);
  await step('rmi', '--all', '--force');
  return together(...steps);
}

function together(...runs) {
  return {
    seconds: runs.reduce((sum, run) => sum + run.seconds, 0),
    cpuSeconds: runs.reduce((sum, run) => sum + run.cpuSeconds, 0),
    megabytes: Math.max(...runs.map(run => run.megabytes)),
  };
}

/** Runs each way in turn, several times, and prints the best of each: what else the machine does can only make it slower. */
async function report(
  title,
  ways,
  registry,
  rounds = settings.rounds,
  mebibytes = settings.mebibytes,
) {
  const best = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(ways)) {
      registry.clear();
      const result = await run();
      if (!(best[name]?.seconds < result.seconds)) best[name] = result;
    }
  }
  registry.clear();
  const megabytes = (mebibytes * 1024 * 1024) / 1e6;
  const reference = best['curl PUT, digest known'];
  console.log(
    `\n${title.padEnd(30)}     s   MB/s  ratio  CPU s  peak MB${
      reference ? '  x curl' : ''
    }`,
  );
  for (const [name, run] of Object.entries(best)) {
    const ratio = run.layerBytes ? (megabytes * 1e6) / run.layerBytes : 1;
    const times = reference && (run.seconds / reference.seconds).toFixed(2);
    const figures = [
      run.seconds.toFixed(2).padStart(6),
      (megabytes / run.seconds).toFixed(0).padStart(6),
      ratio.toFixed(2).padStart(6),
      run.cpuSeconds.toFixed(2).padStart(6),
      run.megabytes.toFixed(0).padStart(8),
      ...(times ? [times.padStart(7)] : []),
    ];
    console.log(`${name.padEnd(30)}${figures.join(' ')}`);
  }
}

async function startLink(host) {
  const process = fork(join(here, 'LimitedLink.mjs'), [
    host,
    String(settings.megabits),
  ]);
  const { host: own } = await new Promise(resolve => {
    process.once('message', resolve);
  });
  return { process, host: own };
}

function has(command, ...args) {
  return spawnSync(command, args, { stdio: 'ignore' }).error === undefined;
}

// Also when it is interrupted: an archive of this size is not to be left behind.
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => process.exit(1));
}
process.exitCode = await bench();
