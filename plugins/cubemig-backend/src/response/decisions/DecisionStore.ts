import {
  Decision,
  DecisionPage,
  DecisionStatus,
  ParsedDecisionQuery,
  ResponseRule,
  ResponseSwitch,
} from '@cubemig/plugin-cubemig-common';
import { AlertLease } from '../../alerts';
import { EarlierDecision } from '../guards';

/** A decision with what only the backend knows of it. */
export interface DecisionRecord extends Decision {
  lineage?: string;
  kubernetesId?: string;
  touchesPod: boolean;
}

/** What has changed about a decision. */
export type DecisionChange = Partial<
  Pick<
    Decision,
    'status' | 'outcome' | 'migration' | 'verdict' | 'reason' | 'guard'
  >
>;

/** Where decisions are kept. */
export interface DecisionStore {
  /** Ends the judgement of an alert: no decision, or one of each rule that had something to say. */
  conclude(
    lease: AlertLease,
    alert: string,
    judgement: {
      decisions: DecisionRecord[];
      /** Which rules were asked. */
      judgedBy: string;
      /** What kept rules from being asked. */
      trouble?: string;
    },
  ): Promise<void>;
  /** Ends what was decided about an alert by rules that say something else now, and was not begun. @returns the ids */
  supersede(
    lease: AlertLease,
    alert: string,
    rules: ResponseRule[],
  ): Promise<string[]>;
  /** Decides about an alert later. */
  putOff(lease: AlertLease, alert: string, milliseconds: number): Promise<void>;
  get(id: string): Promise<DecisionRecord | undefined>;
  /** Newest first. */
  list(
    query: Omit<ParsedDecisionQuery, 'entityRef'> & { kubernetesId?: string },
  ): Promise<DecisionPage>;
  /** Newest first. */
  listOfAlert(alert: string): Promise<Decision[]>;
  /** Oldest first. */
  listByStatus(status: DecisionStatus[]): Promise<DecisionRecord[]>;
  /** What guards look at. */
  listEarlier(selection: {
    cluster: string;
    lineage?: string;
    /** ISO 8601. */
    since: string;
  }): Promise<EarlierDecision[]>;
  update(lease: AlertLease, id: string, change: DecisionChange): Promise<void>;
  /** Ends approvals that nobody gave in time. @returns their ids */
  expire(lease: AlertLease): Promise<string[]>;
  /**
   * Approves or rejects.
   *
   * @throws ConflictError if the decision does not wait for that (any more); NotFoundError
   */
  settle(
    id: string,
    by: { isApproved: boolean; actor: string; comment?: string },
  ): Promise<Decision>;

  getSwitch(): Promise<ResponseSwitch>;
  setSwitch(
    isOn: boolean,
    by: string,
    reason?: string,
  ): Promise<ResponseSwitch>;
}
