import { SecretMask } from '@cubemig/checkpoint';
import { NotificationPayload } from '@backstage/plugin-notifications-common';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { AlertRecord } from '../../alerts';

/** Where the message leads, and which earlier message it replaces. */
export interface Message {
  title: string;
  description: string;
  severity: NotificationPayload['severity'];
  /** A page of the app. */
  link: string;
  /** The same thing again replaces what was said before, so that a repeated try does no harm. */
  scope: string;
}

/** Tells the owners of an alert's entity, and whom config names. */
export class Messenger {
  constructor(
    private readonly notifications: NotificationService,
    private readonly others: string[],
  ) {}

  /** @returns whom it was sent to; empty if there is nobody */
  async tell(
    { entityRef }: Pick<AlertRecord, 'entityRef'>,
    message: Message,
  ): Promise<string[]> {
    const recipients = [
      ...new Set([...(entityRef ? [entityRef] : []), ...this.others]),
    ];
    if (recipients.length > 0) {
      await this.notifications.send({
        recipients: { type: 'entity', entityRef: recipients },
        payload: {
          topic: 'cubemig',
          ...message,
          title: show(message.title),
          description: show(message.description),
        },
      });
    }
    return recipients;
  }
}

/** Names in it may be an attacker's: a notification leaves the house by other ways, such as mail. */
function show(text: string) {
  return SecretMask.of([])
    .text(text)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
}
