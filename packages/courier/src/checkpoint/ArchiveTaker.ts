import { unlink } from 'node:fs/promises';
import { CheckpointTask } from '@cubemig/plugin-cubemig-common';
import { KubeletClient, KubeletSilence } from '../kubelet/KubeletClient';
import { NodeFiles } from '../NodeFiles';
import { EventLog } from '../output/EventLog';
import { ArchiveMark, ArchiveMarks } from './ArchiveMarks';
import { ArchiveFacts, inspectArchive } from './inspectArchive';

/** A checkpoint's archive on the node. */
export interface Archive {
  /** As we see it. */
  path: string;
  facts: ArchiveFacts;
  mark: ArchiveMark;
}

/** Has the kubelet make archives, and removes them. */
export class ArchiveTaker {
  private readonly marks: ArchiveMarks;

  constructor(
    private readonly options: {
      request: CheckpointTask;
      files: NodeFiles;
      kubelet: KubeletClient;
      log: EventLog;
      signal: AbortSignal;
    },
  ) {
    this.marks = new ArchiveMarks(options.files);
  }

  /** Has one made. If it is not of the right container it is removed again. */
  async take(container: string): Promise<Archive> {
    const { files, kubelet, log, request, signal } = this.options;
    const { namespace, name: pod } = request.pod;
    log.started(container, 'checkpoint');
    signal.throwIfAborted();
    const mark = await this.marks.begin(request, container);
    let path: string | undefined;
    try {
      const named = await kubelet.checkpoint(
        { namespace, pod, container },
        signal,
      );
      path = files.locate(named);
      await this.marks.name(mark, named);
      const facts = await inspectArchive(path);
      this.assertIdentity(container, facts);
      log.finished(container, 'checkpoint', facts.size);
      return { path, facts, mark };
    } catch (error) {
      // Otherwise the note stays: a sweep will look for what the kubelet may have made.
      if (!(error instanceof KubeletSilence)) await this.remove(mark, path);
      throw error;
    }
  }

  /** Removes an archive, unless it is to be held. */
  async discard({ path, mark }: Archive): Promise<void> {
    if (!this.options.request.hold) await this.remove(mark, path);
  }

  private async remove(mark: ArchiveMark, path?: string): Promise<void> {
    if (path) await unlink(path);
    await this.marks.remove(mark);
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
}
