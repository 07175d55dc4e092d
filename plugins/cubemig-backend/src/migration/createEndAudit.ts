import { AuditorService } from '@backstage/backend-plugin-api';
import { Migration } from '@cubemig/plugin-cubemig-common';

/** Writes the end of every migration into the audit log. */
export function createEndAudit(auditor: AuditorService) {
  return async ({ id, createdBy, source, target, failure }: Migration) => {
    const event = await auditor.createEvent({
      eventId: 'migration-end',
      severityLevel: 'medium',
      meta: {
        migration: id,
        createdBy,
        sourceCluster: source.cluster,
        targetCluster: target?.cluster,
        namespace: source.namespace,
        pod: source.pod,
      },
    });
    if (failure) {
      await event.fail({
        error: new Error(failure.message),
        meta: { step: failure.step, code: failure.code },
      });
    } else {
      await event.success();
    }
  };
}
