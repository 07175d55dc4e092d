import { AlertsConfig } from './alertsConfig';
import {
  GroupCommit,
  identify,
  ParsedAlert,
  Senders,
  TokenBucket,
} from './ingest';
import { AlertStore, ReceivedAlert } from './store';

/** How many alerts were stored now, and how many were there before, to the byte. */
export interface TakenAlerts {
  accepted: number;
  replayed: number;
}

/** Takes alerts in: whoever is answered can forget them. */
export class AlertIntake {
  readonly senders: Senders;
  private readonly commit: GroupCommit<ReceivedAlert, boolean>;
  private readonly buckets = new Map<string, TokenBucket>();

  constructor(
    private readonly options: {
      config: AlertsConfig;
      store: AlertStore;
      /** Told that there is something to work on. */
      onStored: (taken: TakenAlerts, cluster: string) => void;
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
   * Resolves when the alerts are durable; undefined if the cluster sends too many a second.
   *
   * @throws OverloadedError if the database cannot keep up
   */
  async take(
    cluster: string,
    alerts: ParsedAlert[],
  ): Promise<TakenAlerts | undefined> {
    if (!this.buckets.get(cluster)?.take(alerts.length)) return undefined;
    const receivedAt = new Date().toISOString();
    const areNew = await this.commit.add(
      alerts.map(alert => ({
        cluster,
        receivedAt,
        payload: alert.text,
        identity: identify(cluster, alert),
      })),
    );
    const accepted = areNew.filter(Boolean).length;
    const taken = { accepted, replayed: areNew.length - accepted };
    this.options.onStored(taken, cluster);
    return taken;
  }

  /** Resolves when all that was taken in is stored. */
  async stop(): Promise<void> {
    await this.commit.settle();
  }
}
