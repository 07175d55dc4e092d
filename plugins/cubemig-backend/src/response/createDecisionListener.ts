import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { AlertRecord } from '../alerts';
import { Messenger } from './actions';
import { createResponseMetrics } from './createResponseMetrics';
import { DecisionRecord } from './decisions';
import { DecisionListener } from './Responder';

/** Tells of decisions whom they concern: the audit log, who can approve, the pages, and figures. */
export function createDecisionListener(options: {
  auditor: AuditorService;
  logger: LoggerService;
  messenger: Messenger;
  metrics: ReturnType<typeof createResponseMetrics>;
  /** Tells pages that an alert has changed. */
  signal: (alert: string) => void;
}): DecisionListener {
  const { auditor, logger, messenger, metrics, signal } = options;

  async function askForApproval(decision: DecisionRecord, alert: AlertRecord) {
    try {
      await messenger.tell(alert, {
        title: `Approve '${decision.action}' of ${alert.pod ?? alert.rule}?`,
        description: `${alert.priority}: ${alert.rule}, on ${alert.cluster}. The question lapses at ${decision.expiresAt}.`,
        severity: 'critical',
        link: `/cubemig/security/alerts/${alert.id}`,
        scope: `cubemig:decision:${decision.id}`,
      });
    } catch (error) {
      logger.warn(`Cannot ask for approval of ${decision.id}: ${error}`);
    }
  }

  return {
    async onDecided(decision, alert) {
      metrics.onDecided(decision, alert);
      signal(alert.id);
      if (decision.verdict === 'ask') await askForApproval(decision, alert);
    },
    async onChanged(decision) {
      metrics.onChanged(decision);
      signal(decision.alert);
      if (!decision.touchesPod || decision.status === 'acting') return;
      const event = await auditor.createEvent({
        eventId: 'response-end',
        severityLevel: 'medium',
        meta: {
          decision: decision.id,
          rule: decision.rule.name,
          action: decision.action,
          alert: decision.alert,
          cluster: decision.cluster,
          namespace: decision.namespace ?? '',
          pod: decision.pod ?? '',
          status: decision.status,
        },
      });
      if (decision.status === 'failed') {
        await event.fail({ error: new Error(decision.outcome) });
      } else {
        await event.success();
      }
    },
  };
}
