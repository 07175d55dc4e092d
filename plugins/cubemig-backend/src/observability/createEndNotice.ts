import { LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { NotificationPayload } from '@backstage/plugin-notifications-common';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { Assessment, Migration } from '@cubemig/plugin-cubemig-common';

/**
 * Tells the owners of an entity how a migration of its pods has ended, but for the one who has started it; and all of
 * them, in the same notification, once an assessment that was asked for with it is ready.
 */
export function createEndNotice(options: {
  notifications: NotificationService;
  logger: LoggerService;
  getMigration(id: string): Promise<Migration | undefined>;
  listAssessments(migration: string): Promise<Assessment[]>;
}) {
  async function tellEnd(migration: Migration) {
    const { id, entityRef, createdBy, order } = migration;
    if (!entityRef) return;
    try {
      const assessments = order.aiAssessment
        ? await options.listAssessments(id)
        : [];
      const isAssessed = assessments.some(
        ({ status }) => status === 'completed',
      );
      await options.notifications.send({
        recipients: {
          type: 'entity',
          entityRef,
          // What a service or a rule did is news to everybody, and so is what a model says.
          excludeEntityRef:
            createdBy.startsWith('user:') && !isAssessed
              ? createdBy
              : undefined,
        },
        payload: describeEnd(migration, entityRef, isAssessed),
      });
    } catch (error) {
      options.logger.warn(
        `Cannot tell the owners of ${entityRef} of the migration ${id}: ${error}`,
      );
    }
  }

  async function tellAssessed({ migration: id, status }: Assessment) {
    if (status !== 'completed') return;
    try {
      const migration = await options.getMigration(id);
      // One that is on its way is told of at its end, with what is ready by then.
      if (migration?.finishedAt && migration.order.aiAssessment) {
        await tellEnd(migration);
      }
    } catch (error) {
      options.logger.warn(
        `Cannot tell of the assessment of the migration ${id}: ${error}`,
      );
    }
  }

  return { tellEnd, tellAssessed };
}

/** @internal */
export function describeEnd(
  { id, mode, status, source, target, failure, createdBy }: Migration,
  entityRef: string,
  isAssessed: boolean,
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
  const description = failure
    ? `${failure.message} ${failure.remedy}`
    : `From ${source.cluster}, namespace ${source.namespace}; started by ${createdBy}.`;
  return {
    title: title ?? `The migration of ${source.pod} has failed`,
    description: isAssessed
      ? `The assessment of its checkpoint is ready. ${description}`
      : description,
    link: `/catalog/${namespace}/${kind}/${name}/migrations?migration=${encodeURIComponent(
      id,
    )}`.toLowerCase(),
    severity: status === 'failed' ? 'high' : 'normal',
    topic: 'cubemig-migration',
    scope: `cubemig:migration:${id}`,
  };
}
