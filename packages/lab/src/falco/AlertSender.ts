import { randomUUID } from 'node:crypto';
import { Agent, request } from 'undici';
import { formatAlert, type Alert } from './describeAlert';

export interface AlertTarget {
  /** Where alerts are posted to; may carry user and password, as in Falco's `http_output.url`. */
  url: string;
  /**
   * `falco`: `http_output`, whose only credential is in the URL; `falcosidekick`: its `webhook` output, with headers of its own and
   * a `uuid` in the body.
   */
  sender: 'falco' | 'falcosidekick';
  /** falcosidekick's `customHeaders`. */
  headers?: Record<string, string>;
}

/** Falco's outputs wait for their receiver one by one; what does not fit here is lost, as it says itself. */
const MAX_WAITING = 100_000;
/** libcurl's patience in `http_output` is longer; a lab need not wait for so long. */
const TIMEOUT_MS = 10_000;

/** Sends a cluster's alerts, one after the other, each once: neither Falco nor falcosidekick tries again. */
export class AlertSender {
  readonly #waiting: Alert[] = [];
  readonly #agent = new Agent({ connections: 1, pipelining: 1 });
  readonly #url: URL;
  readonly #headers: Record<string, string>;
  #isSending = false;
  #isFailing = false;
  #isClosed = false;
  #sent = 0;
  #lost = 0;

  constructor(
    private readonly target: AlertTarget,
    private readonly onError: (error: unknown) => void,
  ) {
    this.#url = new URL(target.url);
    this.#headers = headersOf(target, this.#url);
    this.#url.username = '';
    this.#url.password = '';
  }

  /** Sent: any answer counts for Falco. Lost: no answer, or no room to wait. */
  get counts(): { waiting: number; sent: number; lost: number } {
    return {
      waiting: this.#waiting.length,
      sent: this.#sent,
      lost: this.#lost,
    };
  }

  send(alert: Alert): void {
    if (this.#isClosed || this.#waiting.length >= MAX_WAITING) {
      this.#lost += 1;
      return;
    }
    this.#waiting.push(alert);
    if (!this.#isSending) {
      this.#isSending = true;
      this.#sendAll().finally(() => {
        this.#isSending = false;
      });
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#waiting.length = 0;
    await this.#agent.destroy();
  }

  async #sendAll(): Promise<void> {
    for (
      let alert = this.#waiting.shift();
      alert;
      alert = this.#waiting.shift()
    ) {
      try {
        await this.#post(alert);
        this.#sent += 1;
        this.#isFailing = false;
      } catch (error) {
        this.#lost += 1;
        // The first failure says it all.
        if (!this.#isClosed && !this.#isFailing) {
          this.onError(error);
        }
        this.#isFailing = true;
      }
    }
  }

  async #post(alert: Alert): Promise<void> {
    const isSidekick = this.target.sender === 'falcosidekick';
    const { statusCode, body } = await request(this.#url, {
      method: 'POST',
      dispatcher: this.#agent,
      headers: this.#headers,
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
      body: formatAlert(
        isSidekick
          ? { uuid: randomUUID(), ...alert, source: `${alert.source}s` }
          : alert,
      ),
    });
    const text = await body.text();
    if (statusCode >= 300) {
      throw new Error(`${statusCode} ${text.slice(0, 200)}`);
    }
  }
}

function headersOf(
  { sender, headers = {} }: AlertTarget,
  { username, password }: URL,
): Record<string, string> {
  const credential = [username, password].map(decodeURIComponent).join(':');
  return {
    'content-type':
      sender === 'falco'
        ? 'application/json'
        : 'application/json; charset=utf-8',
    'user-agent': sender === 'falco' ? 'falcosecurity/falco' : 'Falcosidekick',
    ...(username
      ? {
          authorization: `Basic ${Buffer.from(credential).toString('base64')}`,
        }
      : {}),
    ...(sender === 'falcosidekick' ? headers : {}),
  };
}
