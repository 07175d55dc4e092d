import { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { AlertRecord, TakenAlerts } from '../alerts';
import { DecisionRecord } from './decisions';

const OVER = ['succeeded', 'failed', 'rejected', 'expired'];

/** Counts what comes in, what becomes of it, and how long that takes. */
export function createResponseMetrics(metrics: MetricsService) {
  const received = metrics.createCounter('cubemig.alerts.received', {
    description: "Alerts that were stored, by 'cluster'",
  });
  const replayed = metrics.createCounter('cubemig.alerts.replayed', {
    description: "Alerts that were stored before, to the byte, by 'cluster'",
  });
  const folded = metrics.createCounter('cubemig.alerts.folded', {
    description: 'Occurrences that were counted with an alert like them',
  });
  const decided = metrics.createCounter('cubemig.decisions', {
    description: "Decisions, by 'action', 'verdict' and 'guard'",
  });
  const ended = metrics.createCounter('cubemig.decisions.ended', {
    description: "Decisions of which something came, by 'action' and 'status'",
  });
  const delay = metrics.createHistogram('cubemig.decisions.delay', {
    description: 'From the receipt of an alert until the decision',
    unit: 's',
  });
  const duration = metrics.createHistogram('cubemig.decisions.duration', {
    description: 'From a decision until its action was over',
    unit: 's',
  });

  return {
    onReceived(taken: TakenAlerts, cluster: string) {
      if (taken.accepted > 0) received.add(taken.accepted, { cluster });
      if (taken.replayed > 0) replayed.add(taken.replayed, { cluster });
    },
    onFolded(count: number) {
      if (count > 0) folded.add(count);
    },
    onDecided(decision: DecisionRecord, alert: AlertRecord) {
      const { action, verdict, guard = '' } = decision;
      decided.add(1, { action, verdict, guard });
      // Judged again, it did not wait since its receipt.
      if (!alert.judgedBy) {
        delay.record(secondsBetween(alert.receivedAt, decision.createdAt));
      }
    },
    onChanged({ action, status, createdAt }: DecisionRecord) {
      if (!OVER.includes(status)) return;
      ended.add(1, { action, status });
      const now = new Date().toISOString();
      duration.record(secondsBetween(createdAt, now), { action, status });
    },
  };
}

function secondsBetween(start: string, end: string) {
  return Math.max(0, Date.parse(end) - Date.parse(start)) / 1000;
}
