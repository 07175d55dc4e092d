import { LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { NotificationPayload } from '@backstage/plugin-notifications-common';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { Migration } from '@cubemig/plugin-cubemig-common';

/** Tells the owners of an entity how a migration of its pods has ended, but for the one who has started it. */
export function createEndNotice(options: {
  notifications: NotificationService;
  logger: LoggerService;
}) {
  return async (migration: Migration) => {
    const { entityRef, createdBy } = migration;
    if (!entityRef) return;
    try {
      await options.notifications.send({
        recipients: {
          type: 'entity',
          entityRef,
          // What a service or a rule did is news to everybody.
          excludeEntityRef: createdBy.startsWith('user:')
            ? createdBy
            : undefined,
        },
        payload: describeEnd(migration, entityRef),
      });
    } catch (error) {
      options.logger.warn(
        `Cannot tell the owners of ${entityRef} of the migration ${migration.id}: ${error}`,
      );
    }
  };
}

/** @internal */
export function describeEnd(
  { id, mode, status, source, target, failure, createdBy }: Migration,
  entityRef: string,
): NotificationPayload {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  const done = {
    move: `${source.pod} runs on ${target?.cluster} now`,
    copy: `A copy of ${source.pod} runs on ${target?.cluster}`,
    checkpoint: `A checkpoint of ${source.pod} was taken`,
    restore: `${source.pod} was restored on ${target?.cluster}`,
  }[mode];
  const title = {
    completed: done,
    cancelled: `The migration of ${source.pod} was cancelled`,
  }[status as string];
  return {
    title: title ?? `The migration of ${source.pod} has failed`,
    description: failure
      ? `${failure.message} ${failure.remedy}`
      : `From ${source.cluster}, namespace ${source.namespace}; started by ${createdBy}.`,
    link: `/catalog/${namespace}/${kind}/${name}/migrations?migration=${encodeURIComponent(
      id,
    )}`.toLowerCase(),
    severity: status === 'failed' ? 'high' : 'normal',
    topic: 'cubemig-migration',
    scope: `cubemig:migration:${id}`,
  };
}
