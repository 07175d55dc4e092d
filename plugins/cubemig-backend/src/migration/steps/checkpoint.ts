import {
  checkpointClaims,
  CheckpointTask,
  checkpointTag,
  CourierResult,
} from '@cubemig/plugin-cubemig-common';
import { ProblemError } from '../../failures';
import { sendCourier } from '../courier';
import { MigrationRun } from '../MigrationRun';
import { buildCourierJob, checkpointRepository } from '../objects';
import { Step } from '../Step';
import { checkSignature } from './signers';
import { recipientsOf } from './recipients';
import {
  containerStarts,
  readSourcePod,
  restartedContainers,
} from './sourcePod';

/** Has the courier take the checkpoints, make images of them and push those. */
export const checkpoint: Step = {
  name: 'checkpoint',

  async run(run) {
    const source = await run.source();
    const pod = await readSourcePod(run);
    const request = buildRequest(
      run,
      pod.spec!.containers.map(({ name }) => name),
    );
    const { node } = run.migration.source;
    const job = buildCourierJob(run.config.courier, request, node!);
    const result = await sendCourier(run, source, job, request);
    await recordCheckpoints(run, request, result);
    await reportRestarts(run);
  },
};

function buildRequest(run: MigrationRun, containers: string[]): CheckpointTask {
  const { id, source } = run.migration;
  const { courier, registry } = run.config;
  return {
    version: 1,
    task: 'checkpoint',
    migration: id,
    pod: { namespace: source.namespace, name: source.pod, uid: source.uid! },
    containers,
    kubelet: {
      port: run.facts.kubeletPort!,
      skipTlsVerify: courier.kubeletSkipTlsVerify,
      timeoutSeconds: courier.timeoutSeconds,
    },
    registry: {
      host: registry.host,
      repository: checkpointRepository(registry.prefix, {
        cluster: source.cluster,
        namespace: source.namespace,
        workload: run.facts.owner?.name ?? source.pod,
      }),
      insecure: registry.insecure,
      ca: run.config.registryCa,
    },
    compression: registry.compression,
    recipients: recipientsOf(run),
  };
}

/** What the courier claims counts only where the registry says the same: the source's node may be in hostile hands. */
async function recordCheckpoints(
  run: MigrationRun,
  request: CheckpointTask,
  result: CourierResult,
) {
  const { host, repository } = request.registry;
  const checkpoints = await Promise.all(
    request.containers.map(async container => {
      const claimed = result.checkpoints.find(c => c.container === container);
      const tag = checkpointTag(request.migration, container);
      const found = await run.registry
        .resolveTag(repository, tag, { signal: run.signal })
        .catch(error => {
          run.signal.throwIfAborted();
          throw new ProblemError({
            code: 'registry-unreadable',
            message: `The backend cannot look up ${host}/${repository}:${tag}: ${error.message}`,
            remedy:
              'Check host, username, password and caFile of cubemig.registry in app-config, and that the backend reaches the registry.',
          });
        });
      if (!claimed || found?.digest !== claimed.digest) {
        throw new ProblemError({
          code: 'checkpoint-not-in-registry',
          message: `The courier says that the checkpoint of '${container}' is ${
            claimed?.digest ?? 'missing'
          }, the registry has ${
            found?.digest ?? 'nothing'
          } under ${host}/${repository}:${tag}.`,
          remedy:
            'Check that the courier and the backend mean the same registry, and that nobody else writes to this repository; then migrate again.',
        });
      }
      await checkSignature(run, {
        repository,
        digest: found.digest,
        claims: checkpointClaims(request.migration, container),
      });
      return {
        container,
        image: `${host}/${repository}@${found.digest}`,
        archiveBytes: claimed.archiveBytes,
        layerBytes: claimed.layerBytes,
        frozenMicros: claimed.frozenMicros,
      };
    }),
  );
  await run.save({ checkpoints });
  for (const { container, image, archiveBytes } of checkpoints) {
    await run.note(
      `Checkpoint of ${container}: ${archiveBytes} bytes, ${image}`,
    );
  }
}

/** A checkpoint can break a process although it leaves it running: interrupted system calls end some programs. */
async function reportRestarts(run: MigrationRun) {
  const restarted = restartedContainers(
    run.facts.sourceStarts ?? {},
    containerStarts(await readSourcePod(run)),
  );
  if (restarted.length > 0) {
    await run.warn(
      `Taking the checkpoint restarted the source's container(s) ${restarted.join(
        ', ',
      )}.`,
    );
  }
}
