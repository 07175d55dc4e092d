import {
  pushCheckpointImage,
  PushProgress,
  RegistryClient,
  signImage,
} from '@cubemig/oci';
import {
  checkpointClaims,
  checkpointTag,
  CheckpointTask,
  CourierResult,
  PhaseName,
} from '@cubemig/plugin-cubemig-common';
import { KubeletClient } from '../kubelet/KubeletClient';
import { NodeFiles } from '../NodeFiles';
import { EventLog } from '../output/EventLog';
import { Redactor } from '../output/Redactor';
import { Outcome } from '../runTask';
import { Archive, ArchiveTaker } from './ArchiveTaker';
import { checkpointLabels, readCheckpointLabels } from './checkpointLabels';
import { Companions } from './Companions';
import { CourierFailure } from './CourierFailure';
import { keepArchive } from './keepArchive';

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
  private readonly archives: ArchiveTaker;
  private readonly companions: Companions;

  constructor(private readonly options: CourierOptions) {
    this.signal = AbortSignal.any([this.abort.signal, options.stop]);
    const context = { ...options, signal: this.signal, sign: this.sign };
    this.archives = new ArchiveTaker(context);
    this.companions = new Companions(context);
  }

  /** Never throws: what went wrong is in the outcome. Every archive that is not held is deleted when it resolves. */
  async run(): Promise<Outcome> {
    const { request, redactor } = this.options;
    let failure: CourierFailure | undefined;
    const unlessFailed = <T>(work: Promise<T>) =>
      work.catch((error: CourierFailure) => {
        failure ??= error;
        this.abort.abort(new Error('Another part of the pod failed'));
        return undefined;
      });
    const taken = request.containers.map(container => this.take(container));
    const [volumes, ...carried] = await Promise.all([
      unlessFailed(this.carryVolumes(Promise.all(taken))),
      ...request.containers.map((container, index) =>
        unlessFailed(taken[index].then(found => this.carry(container, found))),
      ),
    ]);
    return {
      checkpoints: carried.filter(item => item !== undefined),
      ...(volumes?.length && { volumes }),
      ...(failure && {
        failure: {
          container: failure.container,
          phase: failure.phase,
          message: redactor.redact(failure.message).slice(0, 1500),
        },
      }),
    };
  }

  /** The first half of the work on a container: what is not in the registry is on the node then. */
  private async take(container: string): Promise<Archive | CarriedCheckpoint> {
    const found = await this.during(container, ['push'], () =>
      this.findEarlier(container),
    );
    return (
      found ??
      this.during(container, ['checkpoint'], () =>
        this.archives.take(container),
      )
    );
  }

  /** The second half. */
  private async carry(
    container: string,
    taken: Archive | CarriedCheckpoint,
  ): Promise<CarriedCheckpoint> {
    if (!('path' in taken)) return taken;
    try {
      return await this.during(container, ['image', 'push'], () =>
        this.push(container, taken),
      );
    } finally {
      await this.during(container, ['checkpoint'], () =>
        this.archives.discard(taken),
      );
    }
  }

  /** Volumes as they are when the last container has just been checkpointed: earlier ones would not belong to all of them. */
  private async carryVolumes(taken: Promise<(Archive | CarriedCheckpoint)[]>) {
    const parts = await taken;
    const isReused = parts.every(part => !('path' in part));
    return this.during(undefined, ['push'], () =>
      this.companions.carryVolumes(isReused),
    );
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
    await this.sign(
      found.digest,
      checkpointClaims(request.migration, container),
    );
    const report = await this.companions.findReport(container);
    log.finished(container, 'push', figures.layerBytes, { reused: true });
    return {
      container,
      digest: found.digest,
      ...figures,
      reused: true,
      ...report,
    };
  }

  private async push(
    container: string,
    archive: Archive,
  ): Promise<CarriedCheckpoint> {
    const { architecture, log, registry, request } = this.options;
    const { migration } = request;
    const labels = checkpointLabels(request, container, archive.facts);
    // One pass: while a part is sent, the next one is read, hashed and compressed. So both phases run at the same time.
    log.started(container, 'image');
    log.started(container, 'push');
    const report = this.companions.beginReport(archive);
    const kept = this.keep(container, archive);
    // Waited for where it counts; until then its failure must not count as one that nobody handles.
    kept.catch(() => undefined);
    try {
      const { digest, archiveBytes, layerBytes, manifest } =
        await pushCheckpointImage({
          registry,
          repository: request.registry.repository,
          tag: checkpointTag(migration, container),
          archive: archive.path,
          container,
          compression: request.compression,
          recipients: request.recipients,
          architecture,
          labels,
          signal: this.signal,
          onProgress: progress => this.tell(container, progress),
          beforeTag: () => kept,
        });
      await this.sign(digest, checkpointClaims(migration, container));
      const reported = await this.companions.pushReport(
        container,
        report,
        manifest,
        labels,
      );
      log.finished(container, 'push', layerBytes);
      const { frozenMicros, dump } = archive.facts;
      const figures = { archiveBytes, layerBytes, frozenMicros, dump };
      return { container, digest, ...figures, ...reported };
    } finally {
      await kept.catch(() => undefined);
    }
  }

  private tell(
    container: string,
    { archiveBytes, layerBytes, layerIsMade }: PushProgress,
  ): void {
    const { log } = this.options;
    log.progress(container, 'image', archiveBytes);
    log.progress(container, 'push', layerBytes);
    if (layerIsMade) log.finished(container, 'image', layerBytes);
  }

  private async keep(container: string, { path }: Archive): Promise<void> {
    const { files, request } = this.options;
    const { keep, migration } = request;
    if (keep) {
      await keepArchive(path, files, `${migration}-${container}.tar`, keep);
    }
  }

  private sign = async (
    digest: string,
    claims: Record<string, string>,
  ): Promise<void> => {
    const { registry, request, signingKey } = this.options;
    if (signingKey === undefined) {
      return;
    }
    await signImage({
      registry,
      repository: request.registry.repository,
      digest,
      privateKey: signingKey,
      claims,
      signal: this.signal,
    });
  };

  /** Does a part of the work; a failure ends these phases in the log and names the last of them. */
  private async during<T>(
    container: string | undefined,
    phases: PhaseName[],
    work: () => Promise<T>,
  ): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const { log, redactor, stop } = this.options;
      const cause = stop.aborted ? stop.reason : error;
      const failure = new CourierFailure(container, phases.at(-1)!, cause);
      const message = redactor.redact(failure.message);
      for (const phase of container === undefined ? [] : phases) {
        log.failed(container!, phase, message);
      }
      throw failure;
    }
  }
}
