import { Agent, Dispatcher } from 'undici';

/** In PEM. */
export interface ClientCertificate {
  certificate: string;
  key: string;
}

export interface ConnectorOptions {
  ca?: string;
  clientCertificate?: ClientCertificate;
  timeoutMs?: number;
}

/** The connections to a registry, and to the hosts that it sends us to: only the registry itself is shown the client's certificate. */
export class Connector {
  private readonly own: Agent;
  private readonly others: Agent;
  /** How long nothing may come of an answer. */
  readonly timeoutMs: number;

  constructor(private readonly registry: URL, options: ConnectorOptions) {
    const { ca, clientCertificate, timeoutMs = 120_000 } = options;
    this.timeoutMs = timeoutMs;
    const shared = { headersTimeout: timeoutMs, bodyTimeout: timeoutMs };
    const connect = { ca, timeout: Math.min(timeoutMs, 10_000) };
    this.others = new Agent({ ...shared, connect });
    this.own = clientCertificate
      ? new Agent({
          ...shared,
          connect: {
            ...connect,
            cert: clientCertificate.certificate,
            key: clientCertificate.key,
          },
        })
      : this.others;
  }

  of(url: URL): Dispatcher {
    return url.origin === this.registry.origin ? this.own : this.others;
  }

  async close(): Promise<void> {
    await Promise.all([this.own.destroy(), this.others.destroy()]);
  }
}
