import { LoggerService } from '@backstage/backend-plugin-api';
import { ResponseAction } from '@cubemig/plugin-cubemig-node';

/** Writes a line into Backstage's log. */
export function logAction(logger: LoggerService): ResponseAction {
  return {
    name: 'log',
    touchesPod: false,
    async begin({ alert, decision, rule }) {
      logger.warn('A response rule has matched an alert', {
        alert: alert.id,
        decision: decision.id,
        responseRule: rule.name,
        falcoRule: alert.rule,
        priority: alert.priority,
        cluster: alert.cluster,
        namespace: alert.namespace ?? '',
        pod: alert.pod ?? '',
      });
      return { status: 'succeeded', outcome: 'Logged' };
    },
  };
}
