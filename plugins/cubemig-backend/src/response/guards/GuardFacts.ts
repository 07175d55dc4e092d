import {
  Decision,
  Migration,
  ResponseRule,
} from '@cubemig/plugin-cubemig-common';
import { AlertRecord } from '../../alerts';
import { ResponseConfig } from '../responseConfig';

/** An earlier decision, as far as guards look at it. */
export interface EarlierDecision {
  cluster: string;
  lineage?: string;
  /** The response rule's id. */
  rule: string;
  action: string;
  status: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  touchesPod: boolean;
  /** It succeeded, and the workload went on alerting. */
  wasUseless: boolean;
}

/** What a pod is like right now. */
export interface PodFacts {
  uid: string;
  labels: Record<string, string>;
  /** Whether the alert's container is one of its. */
  hasContainer: boolean;
  isTerminating: boolean;
  /** How many pods its workload wants; undefined where that is not known. */
  replicas?: number;
}

/** All that guards look at; they look nowhere else. */
export interface GuardFacts {
  /** Milliseconds since 1970. */
  now: number;
  alert: AlertRecord;
  rule: ResponseRule;
  /** Whether the rule's action does something to the pod. */
  touchesPod: boolean;
  /** Where a migration would go. */
  targetCluster?: string;
  config: ResponseConfig;
  grantedNamespaces: string[];
  protectedNamespaces: string[];
  isSwitchedOn: boolean;
  /** Undefined if there is none with the alert's uid any more. */
  pod?: PodFacts;
  /** Migrations that are not over, or ended in the last minute. */
  migrations: Migration[];
  /** What was decided about this alert before. */
  ofAlert: Pick<Decision, 'rule' | 'action' | 'status'>[];
  /** Decisions of the time that limits and breakers look back on. */
  earlier: EarlierDecision[];
}

/** A reason not to act. */
export interface Guard {
  /** A kebab-case word, stored with the decision. */
  name: string;
  /** Whether it is asked for actions that do not touch the pod, too. */
  isForAll?: boolean;
  /** Whether it is asked again when the turn of what was decided, or approved, has come. */
  isAskedAgain?: boolean;
  /** In words, why not; undefined if it has nothing against it. */
  check(facts: GuardFacts): string | undefined;
}
