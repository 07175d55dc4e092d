import { setTimeout as delay } from 'node:timers/promises';
import { Agent, errors, request } from 'undici';
import { readCheckpointPath } from './checkpointPath';
import { connectOrSay, NotConnected } from './connectOrSay';

export interface KubeletOptions {
  /** Where the checkpoint API is: the kubelet's own address, or the API server's proxy to it. Without a slash at the end. */
  url: string;
  /** The courier's ServiceAccount token: all it may do is `create` on `nodes/checkpoint` (for the proxy: on `nodes/proxy`). */
  token: string;
  /** PEM of the cluster's CA; undefined only where the request says not to verify. */
  ca: string | undefined;
  timeoutSeconds: number;
  /** How long to try to connect to a kubelet that is away, as it is while it restarts. Defaults to 60, but to no more than a checkpoint may take. */
  awaySeconds?: number;
}

/** Nobody has asked the kubelet anything yet: there is no connection to it. */
class KubeletAway extends Error {
  readonly name = 'KubeletAway';
}

/** The kubelet was asked and did not answer: whether it makes a checkpoint all the same is not known. */
export class KubeletSilence extends Error {
  readonly name = 'KubeletSilence';
}

/** What the kubelet may need beyond its own timeout to notice and answer. */
const MARGIN_MS = 30_000;
const MAX_ANSWER_BYTES = 64 * 1024;
const CONNECT_TIMEOUT_MS = 10_000;
const CONNECT_PAUSE_MS = 500;
/** What the API server's proxy says when it cannot connect to the kubelet. */
const NOT_DIALLED = /error trying to reach service: dial tcp/;

/** Asks this node's kubelet for checkpoints. */
export class KubeletClient {
  private readonly agent: Agent;

  constructor(private readonly options: KubeletOptions) {
    const { ca, timeoutSeconds } = options;
    const timeout = timeoutSeconds * 1000 + MARGIN_MS;
    this.agent = new Agent({
      connect: connectOrSay({
        ca,
        rejectUnauthorized: ca !== undefined,
        timeout: CONNECT_TIMEOUT_MS,
      }),
      headersTimeout: timeout,
      bodyTimeout: timeout,
    });
  }

  /**
   * Checkpoints one container and returns the archive's path on the node. Asked once only: a second checkpoint would show a later state,
   * and each may hurt the source. Only connecting is tried again, before anything was asked. It cannot be called off either: the kubelet
   * would write the archive all the same.
   *
   * @param signal - ends the attempts to connect
   */
  async checkpoint(
    container: { namespace: string; pod: string; container: string },
    signal: AbortSignal,
  ): Promise<string> {
    const { timeoutSeconds, awaySeconds = Math.min(60, timeoutSeconds) } =
      this.options;
    const deadline = Date.now() + awaySeconds * 1000;
    for (;;) {
      try {
        return await this.ask(container);
      } catch (error) {
        if (!(error instanceof KubeletAway)) throw error;
        if (Date.now() > deadline) {
          throw new KubeletAway(`${error.message} (for ${awaySeconds} s)`);
        }
        await delay(CONNECT_PAUSE_MS, undefined, { signal }).catch(() =>
          signal.throwIfAborted(),
        );
      }
    }
  }

  private async ask(container: {
    namespace: string;
    pod: string;
    container: string;
  }): Promise<string> {
    const { url, token, timeoutSeconds } = this.options;
    const host = url.replace('https://', '');
    const path = [container.namespace, container.pod, container.container]
      .map(encodeURIComponent)
      .join('/');
    const answer = await request(
      `${url}/checkpoint/${path}?timeout=${timeoutSeconds}`,
      {
        method: 'POST',
        dispatcher: this.agent,
        headers: { authorization: `Bearer ${token}` },
      },
    ).catch(error => {
      if (error instanceof NotConnected) {
        const refusal = `The kubelet at ${host} cannot be asked: ${error.message}`;
        throw error.mayPass
          ? new KubeletAway(refusal)
          : new Error(refusal, { cause: error });
      }
      throw new KubeletSilence(
        `The kubelet at ${host} fell silent: ${
          error instanceof errors.HeadersTimeoutError
            ? `it gave no answer within ${
                timeoutSeconds + MARGIN_MS / 1000
              } s; cubemig.courier.timeoutSeconds in app-config gives more time`
            : error.message || error.code
        }`,
        { cause: error },
      );
    });
    let text = '';
    for await (const chunk of answer.body.setEncoding('utf8')) {
      text += chunk;
      if (text.length > MAX_ANSWER_BYTES) break;
    }
    if (answer.statusCode !== 200) {
      if (NOT_DIALLED.test(text)) {
        throw new KubeletAway(
          `The kubelet at ${host} cannot be asked: ${text
            .trim()
            .slice(0, 1200)}`,
        );
      }
      throw new Error(
        `The kubelet answered ${answer.statusCode}: ${text
          .trim()
          .slice(0, 1200)}`,
      );
    }
    return readCheckpointPath(text);
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }
}
