import { Agent, errors, request } from 'undici';
import { readCheckpointPath } from './checkpointPath';

export interface KubeletOptions {
  /** Where the checkpoint API is: the kubelet's own address, or the API server's proxy to it. Without a slash at the end. */
  url: string;
  /** The courier's ServiceAccount token: all it may do is `create` on `nodes/checkpoint` (for the proxy: on `nodes/proxy`). */
  token: string;
  /** PEM of the cluster's CA; undefined only where the request says not to verify. */
  ca: string | undefined;
  timeoutSeconds: number;
}

/** The kubelet could not be asked, or did not answer: whether it makes a checkpoint all the same is not known. */
export class KubeletSilence extends Error {
  readonly name = 'KubeletSilence';
}

/** What the kubelet may need beyond its own timeout to notice and answer. */
const MARGIN_MS = 30_000;
const MAX_ANSWER_BYTES = 64 * 1024;

/** Asks this node's kubelet for checkpoints. */
export class KubeletClient {
  private readonly agent: Agent;

  constructor(private readonly options: KubeletOptions) {
    const { ca, timeoutSeconds } = options;
    const timeout = timeoutSeconds * 1000 + MARGIN_MS;
    this.agent = new Agent({
      connect: { ca, rejectUnauthorized: ca !== undefined, timeout: 10_000 },
      headersTimeout: timeout,
      bodyTimeout: timeout,
    });
  }

  /**
   * Checkpoints one container and returns the archive's path on the node. Asked once only: a second checkpoint would show a later state,
   * and each may hurt the source. It cannot be called off either: the kubelet would write the archive all the same.
   */
  async checkpoint(container: {
    namespace: string;
    pod: string;
    container: string;
  }): Promise<string> {
    const { url, token, timeoutSeconds } = this.options;
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
      throw new KubeletSilence(
        `The kubelet at ${url.replace('https://', '')} cannot be asked: ${
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
