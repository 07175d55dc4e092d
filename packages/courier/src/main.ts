import { parseDockerConfig, RegistryClient } from '@cubemig/oci';
import {
  CheckpointTask,
  CourierRequest,
  CourierResult,
} from '@cubemig/plugin-cubemig-common';
import { Courier } from './Courier';
import { KubeletClient } from './kubelet/KubeletClient';
import { NodeFiles } from './NodeFiles';
import { BadRequest, readRequest } from './readRequest';
import { encodeResult } from './report/encodeResult';
import { EventLog } from './report/EventLog';
import { Redactor } from './report/Redactor';

const exitCodes = { carried: 0, failed: 1, badRequest: 2 };

async function main(): Promise<number> {
  const files = new NodeFiles(process.env.COURIER_ROOT ?? '');
  const redactor = new Redactor();
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => stop.abort(new Error(`Stopped by ${signal}`)));
  }
  // Whoever reads the log may go away: that is no reason to leave an archive behind.
  process.stdout.on('error', () => undefined);

  let request: CourierRequest | undefined;
  let result: CourierResult;
  let exitCode: number;
  try {
    request = readRequest(process.env);
    if (request.task !== 'checkpoint') {
      throw new BadRequest(`This courier does not know ${request.task}`);
    }
    result = await carry(request, files, redactor, stop.signal);
    exitCode = result.failure ? exitCodes.failed : exitCodes.carried;
  } catch (error) {
    result = {
      version: 1,
      migration: request?.migration ?? '',
      checkpoints: [],
      failure: { message: redactor.redact(String(error)).slice(0, 1500) },
    };
    exitCode =
      error instanceof BadRequest ? exitCodes.badRequest : exitCodes.failed;
  }
  await files.writeTerminationMessage(encodeResult(result)).catch(() => {
    // Without a termination log, the log's last line and the exit code must do.
    process.stderr.write(`${encodeResult(result)}\n`);
  });
  return exitCode;
}

async function carry(
  request: CheckpointTask,
  files: NodeFiles,
  redactor: Redactor,
  stop: AbortSignal,
): Promise<CourierResult> {
  const { host, insecure, ca } = request.registry;
  const { port, skipTlsVerify, timeoutSeconds } = request.kubelet;
  const node = process.env.HOST_IP;
  if (!node) {
    throw new BadRequest('HOST_IP is not set (downward API: status.hostIP)');
  }
  const token = await files.readToken();
  redactor.add(token);
  const config = await files.readRegistryConfig();
  const credentials = (registryHost: string) => {
    const found = config ? parseDockerConfig(config, registryHost) : undefined;
    if (found) {
      const pair = `${found.username}:${found.password}`;
      redactor.add(found.password, Buffer.from(pair).toString('base64'));
    }
    return found;
  };
  const signingKey = await files.readSigningKey();
  const registry = new RegistryClient({ host, insecure, ca, credentials });
  const kubelet = new KubeletClient({
    host: node,
    port,
    token,
    ca: skipTlsVerify ? undefined : await files.readClusterCa(),
    timeoutSeconds,
  });
  try {
    return await new Courier({
      request,
      files,
      kubelet,
      registry,
      signingKey,
      log: new EventLog(line => process.stdout.write(line)),
      redactor,
      architecture: process.arch === 'x64' ? 'amd64' : process.arch,
      stop,
    }).run();
  } finally {
    await Promise.all([registry.close(), kubelet.close()]);
  }
}

// Standard output is a pipe or a file here, which Node writes synchronously on Linux: nothing is lost by leaving at once.
main().then(
  exitCode => process.exit(exitCode),
  error => {
    process.stderr.write(`${error}\n`);
    process.exit(exitCodes.failed);
  },
);
