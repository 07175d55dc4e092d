import type { ContainerRuntime } from '../runtime/ContainerRuntime';
import type { SystemEvent } from '../runtime/events/SystemEvent';
import type { AlertSender } from './AlertSender';
import { describeAlert, type Alert } from './describeAlert';
import { RULES } from './rules';

/** So many of the last alerts are kept for who asks the lab. */
const REMEMBERED = 200;

/** The Falco of a cluster's nodes: makes alerts of what their runtimes see. */
export class Falco {
  readonly #recent: Alert[] = [];

  constructor(
    readonly cluster: string,
    /** The secret that it is known by to whom it sends. */
    readonly token: string,
    /** Absent where nobody wants to hear of them. */
    readonly sender?: AlertSender,
  ) {}

  /** Watches a node; returns how to stop. */
  watch(nodeName: string, runtime: ContainerRuntime): () => void {
    return runtime.onSystemEvent(event => this.#judge(event, nodeName));
  }

  /** The last ones, oldest first. */
  recent(): Alert[] {
    return [...this.#recent];
  }

  tell(alert: Alert): void {
    this.#recent.push(alert);
    if (this.#recent.length > REMEMBERED) {
      this.#recent.shift();
    }
    this.sender?.send(alert);
  }

  async close(): Promise<void> {
    await this.sender?.close();
  }

  #judge(event: SystemEvent, nodeName: string): void {
    for (const rule of RULES.filter(({ isMet }) => isMet(event))) {
      this.tell(describeAlert(rule, event, nodeName));
    }
  }
}
