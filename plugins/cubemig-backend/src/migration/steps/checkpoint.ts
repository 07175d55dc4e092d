import {
  checkpointClaims,
  checkpointTag,
  CheckpointTask,
  CourierResult,
  volumeClaims,
  volumeTag,
} from '@cubemig/plugin-cubemig-common';
import { ProblemError } from '../../failures';
import { sendCourier } from '../courier';
import { MigrationRun } from '../MigrationRun';
import { buildCheckpointTask, buildCourierJob } from '../objects';
import { Step } from '../Step';
import { containSource } from './containSource';
import { checkSignature } from './signers';
import { containerStarts, restartedContainers } from './sourcePod';

/** Has the courier take the checkpoints, make images of them and push those. Only then is the source contained, if that is asked for. */
export const checkpoint: Step = {
  name: 'checkpoint',

  async run(run) {
    const { id, order, source } = run.migration;
    const { owner, pod, node } = run.facts;
    const { config } = run;
    const task = buildCheckpointTask({
      migration: id,
      order,
      config,
      pod: pod!,
      owner,
      node,
    });
    const job = buildCourierJob(config, task, source.node!);
    const result = await sendCourier(run, await run.source(), job, task);
    await recordCheckpoints(run, task, result);
    await recordVolumes(run, task, result);
    await reportRestarts(run);
    await containSource(run);
  },
};

/** What the courier claims counts only where the registry says the same: the source's node may be in hostile hands. */
async function recordCheckpoints(
  run: MigrationRun,
  task: CheckpointTask,
  result: CourierResult,
) {
  const { host, repository } = task.registry;
  const checkpoints = await Promise.all(
    task.containers.map(async container => {
      const claimed = result.checkpoints.find(c => c.container === container);
      const digest = await confirm(run, {
        what: `checkpoint of '${container}'`,
        repository,
        tag: checkpointTag(task.migration, container),
        claimed: claimed?.digest,
        claims: checkpointClaims(task.migration, container),
      });
      return {
        container,
        image: `${host}/${repository}@${digest}`,
        archiveBytes: claimed!.archiveBytes,
        layerBytes: claimed!.layerBytes,
        frozenMicros: claimed!.frozenMicros,
        report: claimed!.report,
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

async function recordVolumes(
  run: MigrationRun,
  { volumes: wanted = [], migration, registry }: CheckpointTask,
  result: CourierResult,
) {
  const { repository } = registry;
  const volumes = await Promise.all(
    wanted.map(async ({ name }) => {
      const claimed = result.volumes?.find(volume => volume.name === name);
      const digest = await confirm(run, {
        what: `data of the volume '${name}'`,
        repository,
        tag: volumeTag(migration, name),
        claimed: claimed?.digest,
        claims: volumeClaims(migration, name),
      });
      return { name, digest, bytes: claimed!.bytes };
    }),
  );
  await run.save({}, { volumes });
  for (const { name, bytes } of volumes) {
    await run.note(`Files of the volume ${name}: ${bytes} bytes packed`);
  }
}

/** The digest that the courier claims, once the registry has confirmed it and the signature is right. */
async function confirm(
  run: MigrationRun,
  image: {
    what: string;
    repository: string;
    tag: string;
    claimed: string | undefined;
    claims: Record<string, string>;
  },
): Promise<string> {
  const { what, repository, tag, claimed, claims } = image;
  const { host } = run.config.registry;
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
  if (!claimed || found?.digest !== claimed) {
    throw new ProblemError({
      code: 'checkpoint-not-in-registry',
      message: `The courier says that the ${what} is ${
        claimed ?? 'missing'
      }, the registry has ${
        found?.digest ?? 'nothing'
      } under ${host}/${repository}:${tag}.`,
      remedy:
        'Check that the courier and the backend mean the same registry, and that nobody else writes to this repository; then migrate again.',
    });
  }
  await checkSignature(run, { repository, digest: claimed, claims });
  return claimed;
}

/** A checkpoint can break a process although it leaves it running: interrupted system calls end some programs. */
async function reportRestarts(run: MigrationRun) {
  const { namespace, pod: name, uid } = run.migration.source;
  const source = await run.source();
  const pod = await source.get('Pod', { namespace, name });
  // Whoever carries on after a crash may find a source that is contained already.
  if (pod?.metadata?.uid !== uid) return;
  const restarted = restartedContainers(
    run.facts.sourceStarts ?? {},
    containerStarts(pod!),
  );
  if (restarted.length > 0) {
    await run.warn(
      `Taking the checkpoint restarted the source's container(s) ${restarted.join(
        ', ',
      )}.`,
    );
  }
}
