import { expired } from '../ApiError';
import type { KubeObject, WatchEvent } from '../ClusterStore';
import type { ResourceType } from '../resources';

/** One change of one object. */
export interface Change {
  revision: number;
  type: ResourceType;
  event: WatchEvent['type'];
  object: KubeObject;
  /** What was stored before; a watch with a selector needs it to tell what left the selection. */
  previous?: KubeObject;
}

/**
 * The cluster's last changes, in order. Listeners are called after the code that made a change has come to its end, so that a change
 * made by a listener never overtakes the one it answers to.
 */
export class WatchLog {
  private readonly changes: Change[] = [];
  private readonly listeners = new Set<(change: Change) => void>();
  private undelivered: Change[] = [];
  /** The last revision that is no longer remembered. */
  private forgotten = 0;

  constructor(
    private readonly capacity: number,
    private readonly onListenerError: (error: unknown) => void,
  ) {}

  append(change: Change): void {
    this.changes.push(change);
    if (this.changes.length > this.capacity) {
      this.forgotten = this.changes.shift()!.revision;
    }
    if (this.undelivered.push(change) === 1) {
      queueMicrotask(() => this.deliver());
    }
  }

  /** Calls back on every change after now. */
  listen(listener: (change: Change) => void): () => void {
    // What is still undelivered happened before the listener came.
    const from = this.changes.at(-1)?.revision ?? this.forgotten;
    const guarded = (change: Change) => {
      if (change.revision > from) {
        listener(change);
      }
    };
    this.listeners.add(guarded);
    return () => this.listeners.delete(guarded);
  }

  /** The remembered changes after a revision; throws 410 where some of them are forgotten. */
  since(revision: number): Change[] {
    if (revision < this.forgotten) {
      throw expired(revision, this.forgotten);
    }
    return this.changes.filter(change => change.revision > revision);
  }

  private deliver(): void {
    const batch = this.undelivered;
    this.undelivered = [];
    for (const change of batch) {
      for (const listener of [...this.listeners]) {
        try {
          listener(change);
        } catch (error) {
          this.onListenerError(error);
        }
      }
    }
  }
}
