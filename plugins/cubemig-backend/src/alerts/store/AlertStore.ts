import { Alert, AlertHandling, Owner } from '@cubemig/plugin-cubemig-common';
import { FieldValue, NormalisedAlert } from '../normalise';

/** One alert's text as it came in, and from where. */
export interface ReceivedAlert {
  cluster: string;
  /** ISO 8601, UTC. */
  receivedAt: string;
  payload: string;
  /** Equal for what is the same to the byte. */
  identity: string;
}

/** An alert with what only the backend knows of it. */
export interface AlertRecord extends Omit<Alert, 'status' | 'decision'> {
  fields: Record<string, FieldValue>;
  podUid?: string;
  podLabels: Record<string, string>;
  /** The pod's label `backstage.io/kubernetes-id`. */
  kubernetesId?: string;
  /** The workload from which its migrations started; equal before and after them. */
  lineage?: string;
  /** How often its pod was looked for in vain. */
  attempts: number;
  /** Which rules were asked about it last; undefined while none were. */
  judgedBy?: string;
}

/** What was found out about an alert's pod. */
export interface Resolution {
  namespace: string;
  pod: string;
  podUid: string;
  podLabels: Record<string, string>;
  container?: string;
  workload: Owner;
  kubernetesId?: string;
  entityRef?: string;
  lineage: string;
}

/** How the search for an alert's pod ended. */
export interface ResolveOutcome {
  id: string;
  /** Undefined: it has no pod that CubeMig may see ... */
  found?: Resolution;
  /** ... or it is CRIU's work for this migration of ours ... */
  causedBy?: string;
  /** ... or it may still turn up: look again after so many milliseconds. */
  retryAfterMs?: number;
}

/** The right to work on stored alerts, for a while; only one backend instance has it. */
export interface AlertLease {
  holder: string;
  epoch: number;
}

/** Another instance has taken over. */
export class AlertLeaseLostError extends Error {
  readonly name = 'AlertLeaseLostError';

  constructor() {
    super('Another backend instance works on the alerts now');
  }
}

/** The response rules that are asked now, as far as folding goes. */
export interface AskedRules {
  /** Equal as long as the same rules are asked. */
  identity: string;
  /** Which of their conditions on output fields an occurrence meets: only those that meet the same are alike. */
  listMet(occurrence: NormalisedAlert): string[];
}

/** Where alerts are kept while they are worked on. Writes of a holder that was replaced throw `AlertLeaseLostError`. */
export interface AlertStore {
  /** Durable when it resolves. @returns of each, whether it is new; what is there already changes nothing */
  add(received: ReceivedAlert[]): Promise<boolean[]>;
  /** Takes or renews the lease; undefined while another has it. */
  hold(holder: string, milliseconds: number): Promise<AlertLease | undefined>;
  release(lease: AlertLease): Promise<void>;

  /**
   * Folds the oldest occurrences that nobody has looked at into alerts. An alert that grows and was judged by other rules is due to be
   * judged again. What nothing can be done with is left aside, with an alert that says so.
   *
   * @returns the alerts that were opened or grew; `received` is 0 when nothing was left to fold
   */
  fold(
    lease: AlertLease,
    windowSeconds: number,
    rules?: AskedRules,
  ): Promise<{ received: number; opened: string[]; grown: string[] }>;

  /** Alerts whose stage is due, oldest first. */
  listDue(stage: 'resolve' | 'decide', limit: number): Promise<AlertRecord[]>;
  /** Ends the stage `resolve` of alerts, or puts it off. One about which that cannot be written down is left aside. */
  resolve(lease: AlertLease, outcomes: ResolveOutcome[]): Promise<void>;
  getRecord(id: string): Promise<AlertRecord | undefined>;
  /** The newest alerts seen at or after a time (ISO 8601) that rules are asked about, oldest first. */
  listSince(since: string, limit: number): Promise<AlertRecord[]>;
  /** The newest occurrences of an alert that are kept, newest first. */
  listOccurrences(
    alert: string,
    limit: number,
  ): Promise<{ fields: AlertRecord['fields']; receivedAt: string }[]>;

  /**
   * Writes down what a person does about an alert. Closing it ends its window, too.
   *
   * @returns whether there was such an alert that nobody had closed by hand
   */
  handle(
    id: string,
    handling: { state: AlertHandling; by: string; reason?: string },
  ): Promise<boolean>;

  /** Deletes what is too old or too much. @returns how many alerts went */
  expire(limits: {
    days: number;
    alerts: number;
    occurrences: number;
    /** Of the payloads, 10^6 bytes. */
    megabytes: number;
  }): Promise<number>;
}
