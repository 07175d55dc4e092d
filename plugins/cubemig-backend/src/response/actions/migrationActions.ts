import {
  migrationRequestSchema,
  MigrationRequest,
} from '@cubemig/plugin-cubemig-common';
import { ResponseAction, ResponseOrder } from '@cubemig/plugin-cubemig-node';
import { MigrationService, MigrationStore } from '../../migration';
import { chooseTarget } from '../guards';
import { ResponseConfig } from '../responseConfig';

/** Who starts migrations when nobody does. */
export const AUTOMATION = 'cubemig:response';

interface Options {
  config: ResponseConfig;
  migrations: Pick<MigrationService, 'start'>;
  store: Pick<MigrationStore, 'get'>;
}

/** `checkpoint` takes evidence, `migrate` moves the pod, or copies it into quarantine. */
export function migrationActions(options: Options): ResponseAction[] {
  return [
    {
      name: 'checkpoint',
      touchesPod: true,
      begin: order => begin(options, order, { mode: 'checkpoint' }),
    },
    {
      name: 'migrate',
      touchesPod: true,
      begin: order => begin(options, order, toTarget(order, options.config)),
    },
  ];
}

/** A copy in quarantine serves nobody, so that the source goes on unless the rule contains it. */
function toTarget(
  { rule, alert }: ResponseOrder,
  config: ResponseConfig,
): Pick<
  MigrationRequest,
  'mode' | 'targetCluster' | 'targetNamespace' | 'quarantine'
> {
  const targetCluster = chooseTarget(rule, alert, config);
  const isQuarantine = rule.target !== undefined && 'policy' in rule.target;
  return isQuarantine
    ? {
        mode: 'copy',
        targetCluster,
        targetNamespace: config.quarantine?.namespace,
        quarantine: true,
      }
    : { mode: 'move', targetCluster };
}

async function begin(
  { migrations, store }: Options,
  { alert, decision, rule }: ResponseOrder,
  what: Pick<MigrationRequest, 'mode'> & Partial<MigrationRequest>,
) {
  // Named like its decision: after a crash it is found instead of started again.
  const { id } = decision;
  const migration =
    (await store.get(id)) ??
    (await migrations.start(
      migrationRequestSchema.parse({
        ...what,
        sourceCluster: alert.cluster,
        namespace: alert.namespace,
        pod: alert.pod,
        podUid: alert.podUid,
        contain: rule.contain,
        forensicAnalysis: rule.forensicAnalysis,
        aiAssessment: rule.aiAssessment,
        entityRef: alert.entityRef,
        reason: `Response rule '${rule.name}' on Falco's '${alert.rule}'`.slice(
          0,
          1000,
        ),
      }),
      {
        id,
        createdBy: decision.actor ?? AUTOMATION,
        kubernetesId: alert.kubernetesId,
        trigger: { kind: 'rule', decision: id, alert: alert.id },
      },
    ));
  return {
    status: 'acting' as const,
    migration: migration.id,
    outcome:
      what.mode === 'checkpoint'
        ? 'A checkpoint is being taken'
        : `The pod is on its way to ${migration.target?.cluster}`,
  };
}
