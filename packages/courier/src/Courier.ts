import { pushCheckpointImage, RegistryClient, signImage } from '@cubemig/oci';
import {
  checkpointClaims,
  checkpointTag,
  CheckpointTask,
  CourierResult,
  PhaseName,
} from '@cubemig/plugin-cubemig-common';
import { ArchiveFacts, inspectArchive } from './archive/inspectArchive';
import { checkpointLabels, readCheckpointLabels } from './checkpointLabels';
import { CourierFailure } from './CourierFailure';
import { KubeletClient } from './kubelet/KubeletClient';
import { NodeFiles } from './NodeFiles';
import { EventLog } from './report/EventLog';
import { Redactor } from './report/Redactor';

type CarriedCheckpoint = CourierResult['checkpoints'][number];

export interface CourierOptions {
  request: CheckpointTask;
  files: NodeFiles;
  kubelet: KubeletClient;
  registry: RegistryClient;
  /** Signs the images, if there is one: ECDSA P-256, PEM. */
  signingKey?: string;
  log: EventLog;
  redactor: Redactor;
  /** As Go spells it: `amd64`, `arm64`. */
  architecture: string;
  /** Aborts when the courier is told to stop. */
  stop: AbortSignal;
}

/** Carries the checkpoints of one pod's containers from the kubelet to the registry. */
export class Courier {
  /** The first failure, or a wish to stop, ends the work on all containers: half a pod cannot be restored. */
  private readonly abort = new AbortController();
  private readonly signal: AbortSignal;

  constructor(private readonly options: CourierOptions) {
    this.signal = AbortSignal.any([this.abort.signal, options.stop]);
  }

  /** Never throws: what went wrong is in the result. Every archive is deleted when it resolves. */
  async run(): Promise<CourierResult> {
    const { request, redactor } = this.options;
    let failure: CourierFailure | undefined;
    const carried = await Promise.all(
      request.containers.map(container =>
        this.carry(container).catch((error: CourierFailure) => {
          failure ??= error;
          this.abort.abort(new Error('Another container failed'));
          return undefined;
        }),
      ),
    );
    return {
      version: 1,
      migration: request.migration,
      checkpoints: carried.filter(item => item !== undefined),
      ...(failure && {
        failure: {
          container: failure.container,
          phase: failure.phase,
          message: redactor.redact(failure.message).slice(0, 1500),
        },
      }),
    };
  }

  private async carry(container: string): Promise<CarriedCheckpoint> {
    const found = await this.during(container, ['push'], () =>
      this.findEarlier(container),
    );
    if (found) {
      return found;
    }
    const { files, kubelet, log, request } = this.options;
    const { namespace, name: pod } = request.pod;
    let path: string | undefined;
    try {
      const archive = await this.during(container, ['checkpoint'], async () => {
        log.started(container, 'checkpoint');
        this.signal.throwIfAborted();
        path = await kubelet.checkpoint({ namespace, pod, container });
        const facts = await inspectArchive(files.locate(path));
        this.assertIdentity(container, facts);
        log.finished(container, 'checkpoint', facts.size);
        return facts;
      });
      const location = files.locate(path!);
      return await this.during(container, ['image', 'push'], () =>
        this.push(container, location, archive),
      );
    } finally {
      if (path) {
        const made = path;
        await this.during(container, ['checkpoint'], () => files.delete(made));
      }
    }
  }

  /**
   * A pod of the same Job may have run before (its node was restarted, say). Its checkpoint must be used: a second one would
   * silently be of a later state, and may hurt the source once more.
   */
  private async findEarlier(
    container: string,
  ): Promise<CarriedCheckpoint | undefined> {
    const { log, registry, request } = this.options;
    const { repository } = request.registry;
    const tag = checkpointTag(request.migration, container);
    const found = await registry.resolveTag(repository, tag, {
      signal: this.signal,
    });
    if (!found) {
      return undefined;
    }
    const figures = readCheckpointLabels(request, container, found.manifest);
    if (!figures) {
      throw new Error(
        `${request.registry.host}/${repository}:${tag} exists and is not a checkpoint of this migration`,
      );
    }
    log.started(container, 'push');
    // That run may have ended before it could sign.
    await this.sign(container, found.digest);
    log.finished(container, 'push', figures.layerBytes, { reused: true });
    return { container, digest: found.digest, ...figures, reused: true };
  }

  private async push(
    container: string,
    archivePath: string,
    archive: ArchiveFacts,
  ): Promise<CarriedCheckpoint> {
    const { architecture, log, registry, request } = this.options;
    // One pass: while a part is sent, the next one is read, hashed and compressed. So both phases run at the same time.
    log.started(container, 'image');
    log.started(container, 'push');
    const pushed = await pushCheckpointImage({
      registry,
      repository: request.registry.repository,
      tag: checkpointTag(request.migration, container),
      archive: archivePath,
      container,
      compression: request.compression,
      recipients: request.recipients,
      architecture,
      labels: checkpointLabels(request, container, archive),
      signal: this.signal,
      onProgress: ({ archiveBytes, layerBytes, layerIsMade }) => {
        log.progress(container, 'image', archiveBytes);
        log.progress(container, 'push', layerBytes);
        if (layerIsMade) log.finished(container, 'image', layerBytes);
      },
    });
    await this.sign(container, pushed.digest);
    log.finished(container, 'push', pushed.layerBytes);
    const { frozenMicros } = archive;
    return { container, ...pushed, frozenMicros };
  }

  private async sign(container: string, digest: string): Promise<void> {
    const { registry, request, signingKey } = this.options;
    if (signingKey === undefined) {
      return;
    }
    await signImage({
      registry,
      repository: request.registry.repository,
      digest,
      privateKey: signingKey,
      claims: checkpointClaims(request.migration, container),
      signal: this.signal,
    });
  }

  /** The kubelet was asked by the pod's name: a pod that has taken the name since must not be carried off in its place. */
  private assertIdentity(container: string, facts: ArchiveFacts): void {
    const { namespace, name, uid } = this.options.request.pod;
    const isRight =
      facts.podUid === uid &&
      facts.podName === name &&
      facts.podNamespace === namespace &&
      facts.container === container;
    if (!isRight) {
      throw new Error(
        `The checkpoint is of another container: ${facts.podNamespace}/${facts.podName} (${facts.podUid}) ${facts.container}`,
      );
    }
  }

  /** Does a part of the work; a failure ends these phases in the log and names the last of them. */
  private async during<T>(
    container: string,
    phases: PhaseName[],
    work: () => Promise<T>,
  ): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const cause = this.options.stop.aborted
        ? this.options.stop.reason
        : error;
      const failure = new CourierFailure(container, phases.at(-1)!, cause);
      const message = this.options.redactor.redact(failure.message);
      for (const phase of phases) {
        this.options.log.failed(container, phase, message);
      }
      throw failure;
    }
  }
}
