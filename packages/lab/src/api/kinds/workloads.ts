import { fieldCause, type StatusCause } from '../ApiError';
import type { KubeObject } from '../ClusterStore';
import { matchesSelector } from '../selectors';
import { isSameJson } from '../store/equality';
import type { KindBehaviour } from './KindBehaviour';
import { applyPodSpecDefaults } from './podSpecDefaults';
import { validatePodSpec } from './podValidation';

/** A workload with a label selector that cannot change and a pod template that it must match. */
function workload(applyDefaults: (spec: any) => void): KindBehaviour {
  return {
    applyDefaults(object) {
      const spec = (object.spec ??= {});
      applyTemplateDefaults(spec.template);
      applyDefaults(spec);
    },
    validate: object => [
      ...validateReplicas(object),
      ...validateSelector(object),
      ...validatePodSpec(object.spec.template?.spec, 'spec.template.spec'),
    ],
    validateUpdate: (next, previous) =>
      isSameJson(next.spec.selector, previous.spec.selector)
        ? []
        : [
            fieldCause(
              'spec.selector',
              'FieldValueInvalid',
              `Invalid value: ${JSON.stringify(
                next.spec.selector,
              )}: field is immutable`,
            ),
          ],
  };
}

export function applyTemplateDefaults(template: any): void {
  if (template?.spec) {
    applyPodSpecDefaults(template.spec);
  }
}

function validateReplicas({ spec }: KubeObject): StatusCause[] {
  return spec.replicas < 0
    ? [
        fieldCause(
          'spec.replicas',
          'FieldValueInvalid',
          `Invalid value: ${spec.replicas}: must be greater than or equal to 0`,
        ),
      ]
    : [];
}

function validateSelector({ spec }: KubeObject): StatusCause[] {
  if (!spec.selector) {
    return [
      fieldCause('spec.selector', 'FieldValueRequired', 'Required value'),
    ];
  }
  const labels = spec.template?.metadata?.labels ?? {};
  return matchesSelector(spec.selector, labels)
    ? []
    : [
        fieldCause(
          'spec.template.metadata.labels',
          'FieldValueInvalid',
          `Invalid value: ${JSON.stringify(
            labels,
          )}: \`selector\` does not match template \`labels\``,
        ),
      ];
}

export const deployment = workload(spec => {
  spec.replicas ??= 1;
  spec.strategy ??= {};
  spec.strategy.type ??= 'RollingUpdate';
  if (spec.strategy.type === 'RollingUpdate') {
    spec.strategy.rollingUpdate ??= {};
    spec.strategy.rollingUpdate.maxUnavailable ??= '25%';
    spec.strategy.rollingUpdate.maxSurge ??= '25%';
  }
  spec.revisionHistoryLimit ??= 10;
  spec.progressDeadlineSeconds ??= 600;
});

export const replicaSet = workload(spec => {
  spec.replicas ??= 1;
});

export const statefulSet = workload(spec => {
  spec.replicas ??= 1;
  spec.podManagementPolicy ??= 'OrderedReady';
  spec.updateStrategy ??= { type: 'RollingUpdate' };
  if (spec.updateStrategy.type === 'RollingUpdate') {
    spec.updateStrategy.rollingUpdate ??= { partition: 0 };
  }
  spec.revisionHistoryLimit ??= 10;
  spec.persistentVolumeClaimRetentionPolicy ??= {
    whenDeleted: 'Retain',
    whenScaled: 'Retain',
  };
});

export const daemonSet = workload(spec => {
  spec.updateStrategy ??= {
    type: 'RollingUpdate',
    rollingUpdate: { maxSurge: 0, maxUnavailable: 1 },
  };
  spec.revisionHistoryLimit ??= 10;
});

// Its selector is a plain map and follows the template.
export const replicationController: KindBehaviour = {
  applyDefaults({ spec }) {
    applyTemplateDefaults(spec.template);
    spec.replicas ??= 1;
    spec.selector ??= spec.template?.metadata?.labels;
  },
};
