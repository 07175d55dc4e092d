import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { Alert, Decision, ResponseRule } from '@cubemig/plugin-cubemig-common';

/**
 * What is to be done, and why.
 *
 * @public
 */
export interface ResponseOrder {
  decision: Decision;
  /** The text in it comes from the attacked container: never a command, a URL or an authorisation. */
  alert: Omit<Alert, 'status' | 'decision'> & {
    /** The pod's uid as it was when the alert came. */
    podUid?: string;
    /** The pod's label `backstage.io/kubernetes-id`. */
    kubernetesId?: string;
  };
  rule: ResponseRule;
}

/**
 * What has come of an action.
 *
 * @public
 */
export interface ResponseResult {
  /** `acting`: a migration is under way, whose end is the action's. */
  status: 'succeeded' | 'failed' | 'acting';
  /** In words, for the decision's page. */
  outcome: string;
  /** The migration's id; a must with `acting`. */
  migration?: string;
}

/**
 * Something that a response rule can name as its action.
 *
 * @public
 */
export interface ResponseAction {
  /** A lower case word. */
  readonly name: string;
  /** Whether it does something to the pod: then guards for pods are asked, and it counts for limits and breakers. */
  readonly touchesPod: boolean;
  /**
   * Does it. After a crash it is called again with the same decision, and must not do the same thing twice.
   */
  begin(order: ResponseOrder): Promise<ResponseResult>;
}

/**
 * Where backend modules add actions of their own.
 *
 * @public
 */
export interface ResponseActionsExtensionPoint {
  /** @throws Error if there is an action of that name */
  addAction(action: ResponseAction): void;
}

/**
 * @public
 */
export const responseActionsExtensionPoint =
  createExtensionPoint<ResponseActionsExtensionPoint>({
    id: 'cubemig.response-actions',
  });
