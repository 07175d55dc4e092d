import { priorities, Priority } from '@cubemig/plugin-cubemig-common';
import { ResponseAction } from '@cubemig/plugin-cubemig-node';
import { Message, Messenger } from './Messenger';

/** Sends a Backstage notification to the entity's owner. */
export function notifyAction(messenger: Messenger): ResponseAction {
  return {
    name: 'notify',
    touchesPod: false,
    async begin({ alert, decision }) {
      const place = [alert.cluster, alert.namespace, alert.pod];
      const recipients = await messenger.tell(alert, {
        title: `${alert.priority}: ${alert.rule}`,
        description: place.filter(Boolean).join(' / '),
        severity: severityOf(alert.priority),
        link: `/cubemig/security/alerts/${alert.id}`,
        scope: `cubemig:decision:${decision.id}`,
      });
      return recipients.length > 0
        ? { status: 'succeeded', outcome: `Told ${recipients.join(', ')}` }
        : {
            status: 'failed',
            outcome:
              'There is nobody to tell: the pod belongs to no entity, and cubemig.response.notify is empty',
          };
    },
  };
}

function severityOf(priority: Priority): Message['severity'] {
  const rank = priorities.indexOf(priority);
  if (rank <= priorities.indexOf('Critical')) return 'critical';
  if (rank <= priorities.indexOf('Error')) return 'high';
  return rank <= priorities.indexOf('Notice') ? 'normal' : 'low';
}
