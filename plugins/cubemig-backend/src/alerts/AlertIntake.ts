import { AlertsConfig } from './alertsConfig';
import { GroupCommit, Senders, TokenBucket } from './ingest';
import { AlertStore, ReceivedAlert } from './store';

/** Takes alerts in: whoever is answered can forget them. */
export class AlertIntake {
  readonly senders: Senders;
  private readonly commit: GroupCommit<ReceivedAlert>;
  private readonly buckets = new Map<string, TokenBucket>();

  constructor(
    private readonly options: {
      config: AlertsConfig;
      store: AlertStore;
      /** Told that there is something to work on. */
      onStored: (count: number, cluster: string) => void;
    },
  ) {
    const { config, store } = options;
    this.senders = new Senders(config);
    this.commit = new GroupCommit(rows => store.add(rows));
    for (const { cluster } of config.senders) {
      this.buckets.set(cluster, new TokenBucket(config.maxPerSecond));
    }
  }

  /**
   * Resolves to true when the alerts are durable, or to false if the cluster sends too many a second.
   *
   * @param payloads - the JSON texts of alerts
   * @throws OverloadedError if the database cannot keep up
   */
  async take(cluster: string, payloads: string[]): Promise<boolean> {
    if (!this.buckets.get(cluster)?.take(payloads.length)) return false;
    const receivedAt = new Date().toISOString();
    await this.commit.add(
      payloads.map(payload => ({ cluster, receivedAt, payload })),
    );
    this.options.onStored(payloads.length, cluster);
    return true;
  }

  /** Resolves when all that was taken in is stored. */
  async stop(): Promise<void> {
    await this.commit.settle();
  }
}
