import { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { Dispatcher, request } from 'undici';
import { Authorizer } from './Authorizer';
import { readBounded } from './body';
import { parseChallenge } from './challenge';
import { ClientCertificate, Connector } from './Connector';
import { CredentialsLookup } from './credentials';
import { errorOfFailure, errorOfStatus, RegistryError } from './RegistryError';

export interface RegistryOptions {
  /** `host[:port]`, without a scheme. */
  host: string;
  /** Plain http. Only where the settings say so. */
  insecure?: boolean;
  /** PEM of the CA certificates to trust instead of the system's. */
  ca?: string;
  /** For a registry that wants to see a client's certificate: certificate and key, PEM. No other host is shown it. */
  clientCertificate?: ClientCertificate;
  /** Credentials by host; see `Authorizer` for where they go. */
  credentials?: CredentialsLookup;
  /** How long the registry may stay silent, in milliseconds. Default: two minutes, since some commit large blobs slowly. */
  timeoutMs?: number;
  /** How often a request is tried that failed for a reason that may pass, and the first pause in milliseconds (it doubles). */
  retry?: { attempts: number; pauseMs: number };
}

export interface RegistryRequest {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** An address of this registry: a path, or a URL with the same origin. */
  url: string | URL;
  /** Token scopes, `repository:<name>:pull,push`. */
  scopes: string[];
  /** Statuses that are good answers. */
  expect: number[];
  headers?: Record<string, string>;
  /** What is made while it is sent can be sent once only: such a request is not tried again. */
  body?: Buffer | AsyncIterable<Buffer>;
  /** Follow redirects, to other hosts too (without credentials): only for content that is verified by its digest. */
  followRedirects?: boolean;
  /** Before it is sent and between tries; while it is under way unless `mustComplete`. */
  signal?: AbortSignal;
  /** Once sent, it is waited for even after an abort: what it made has to be known, to be used or cleaned up. */
  mustComplete?: boolean;
}

export interface RegistryAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Readable;
  /** Where the answer came from. */
  url: URL;
}

const MAX_REDIRECTS = 3;
/** Honour what a registry asks for, but do not let it put us to sleep. */
const MAX_RETRY_AFTER_MS = 30_000;

/**
 * HTTP with one registry: authorisation, retries with backoff, redirects, errors with a remedy. The caller must read or dump the
 * answer's body.
 */
export class RegistryConnection {
  readonly origin: URL;
  private readonly connector: Connector;
  private readonly authorizer: Authorizer;
  private readonly retry: { attempts: number; pauseMs: number };

  constructor(options: RegistryOptions) {
    this.origin = originOf(options);
    this.connector = new Connector(this.origin, options);
    this.authorizer = new Authorizer(
      this.origin,
      options.credentials ?? (() => undefined),
      this.connector,
    );
    this.retry = options.retry ?? { attempts: 4, pauseMs: 250 };
  }

  async close(): Promise<void> {
    await this.connector.close();
  }

  async send(req: RegistryRequest): Promise<RegistryAnswer> {
    const attempts = isReplayable(req) ? this.retry.attempts : 1;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.sendAuthorized(req);
      } catch (error) {
        const mayPass = error instanceof RegistryError && error.mayPass;
        if (!mayPass || attempt >= attempts) {
          throw error;
        }
        await this.pause(attempt - 1, req.signal, error.retryAfterMs);
      }
    }
  }

  /** The pause before another try: doubles with each that failed, and differs from courier to courier. */
  async pause(
    failures: number,
    signal?: AbortSignal,
    leastMs = 0,
  ): Promise<void> {
    const pause = this.retry.pauseMs * 2 ** failures;
    const jitter = 0.5 + Math.random() / 2;
    await wait(Math.max(pause * jitter, leastMs), undefined, { signal });
  }

  /** Resolves an address that the registry gave for its own use, and refuses one on another host. */
  resolve(location: string | string[] | undefined, base: URL): URL {
    const text = [location].flat()[0];
    if (!text || !URL.canParse(text, base)) {
      throw new RegistryError(
        'registry-protocol',
        `Registry ${this.origin.host} gave no Location where it must`,
      );
    }
    const url = new URL(text, base);
    if (url.origin !== this.origin.origin) {
      throw new RegistryError(
        'registry-elsewhere',
        `Registry ${this.origin.origin} points to ${url.origin}`,
      );
    }
    return url;
  }

  private async sendAuthorized(req: RegistryRequest): Promise<RegistryAnswer> {
    let url = new URL(req.url, this.origin);
    let hasLearned = false;
    for (let redirects = 0; ; ) {
      const answer = await this.sendOnce(req, url);
      if (req.expect.includes(answer.status)) {
        return answer;
      }
      const { status, headers } = answer;
      const isOwn = url.origin === this.origin.origin;
      const location = headers.location;
      if (
        req.followRedirects &&
        [301, 302, 303, 307, 308].includes(status) &&
        location &&
        redirects++ < MAX_REDIRECTS
      ) {
        await discard(answer);
        url = this.redirect(location, url);
        continue;
      }
      if (status === 401 && isOwn && !hasLearned) {
        hasLearned = true;
        const challenge = parseChallenge(headers['www-authenticate']);
        if (this.authorizer.learn(challenge, req.scopes) && isReplayable(req)) {
          await discard(answer);
          continue;
        }
      }
      throw await this.refusal(req, answer);
    }
  }

  private async sendOnce(
    req: RegistryRequest,
    url: URL,
  ): Promise<RegistryAnswer> {
    req.signal?.throwIfAborted();
    const isOwn = url.origin === this.origin.origin;
    const authorization = isOwn
      ? await this.authorizer.authorize(req.scopes, req.signal)
      : undefined;
    try {
      const answer = await request(url, {
        dispatcher: this.connector.of(url),
        method: req.method,
        headers: {
          ...req.headers,
          ...(authorization ? { authorization } : {}),
        },
        // undici takes any iterable; its types know only streams.
        body: req.body as Dispatcher.DispatchOptions['body'],
        signal: req.mustComplete ? undefined : req.signal,
      });
      const { statusCode: status, headers, body } = answer;
      return { status, headers, body, url };
    } catch (error) {
      throw errorOfFailure(
        error,
        this.describe(req, url),
        this.connector.timeoutMs,
      );
    }
  }

  private redirect(location: string | string[], base: URL): URL {
    const text = [location].flat()[0];
    const url = URL.canParse(text, base) ? new URL(text, base) : undefined;
    const isSafe =
      url?.protocol === 'https:' || url?.protocol === this.origin.protocol;
    if (!url || !isSafe) {
      throw new RegistryError(
        'registry-elsewhere',
        `Registry ${this.origin.origin} redirects to an address without TLS`,
      );
    }
    return url;
  }

  private async refusal(req: RegistryRequest, answer: RegistryAnswer) {
    const { status, headers, url } = answer;
    const text = await readBounded(answer.body, 16 * 1024).catch(() => '');
    const error = errorOfStatus(
      status,
      this.describe(req, url),
      reasonIn(text.toString()),
    );
    error.retryAfterMs = Math.min(
      (Number(headers['retry-after']) || 0) * 1000,
      MAX_RETRY_AFTER_MS,
    );
    return error;
  }

  /** For messages: without the query, which may hold signatures. */
  private describe(req: RegistryRequest, url: URL): string {
    return `${req.method} ${url.host}${url.pathname}`;
  }
}

function isReplayable({ body }: RegistryRequest): boolean {
  return body === undefined || Buffer.isBuffer(body);
}

function originOf({ host, insecure }: RegistryOptions): URL {
  const text = `${insecure ? 'http' : 'https'}://${host}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || url.pathname !== '/' || url.search || url.hash || url.username) {
    throw new RegistryError(
      'registry-protocol',
      `Not a registry's host[:port]: ${JSON.stringify(host.slice(0, 100))}`,
    );
  }
  return url;
}

async function discard(answer: RegistryAnswer): Promise<void> {
  await readBounded(answer.body, 64 * 1024).catch(() => undefined);
}

/** The registry's own words in its error document, cut short: `{"errors":[{"code","message"}]}`. */
function reasonIn(text: string): string | undefined {
  try {
    const { code, message } = JSON.parse(text).errors[0];
    return [code, message].filter(Boolean).join(' ').slice(0, 300);
  } catch {
    return undefined;
  }
}
