import { fieldCause } from '../ApiError';
import type { KubeObject } from '../ClusterStore';
import { isSameJson } from '../store/equality';
import type { KindBehaviour } from './KindBehaviour';
import { validatePodSpec } from './podValidation';
import { applyTemplateDefaults } from './workloads';

export const job: KindBehaviour = {
  applyDefaults({ spec }) {
    applyTemplateDefaults(spec.template);
    applyJobSpecDefaults(spec);
  },
  validate: ({ spec }) => [
    ...validatePodSpec(spec.template?.spec, 'spec.template.spec'),
    ...(['Never', 'OnFailure'].includes(spec.template?.spec?.restartPolicy)
      ? []
      : [
          {
            reason: 'FieldValueNotSupported',
            message: `Unsupported value: "${spec.template?.spec?.restartPolicy}": supported values: "OnFailure", "Never"`,
            field: 'spec.template.spec.restartPolicy',
          },
        ]),
  ],
  validateUpdate: (next, previous) =>
    isSameJson(next.spec.template, previous.spec.template)
      ? []
      : [
          fieldCause(
            'spec.template',
            'FieldValueInvalid',
            'Invalid value: field is immutable',
          ),
        ],
  admit: selectOwnPods,
};

/** A job's pods are told by the job's uid, so that no two jobs share one (pkg/registry/batch/job, generateSelector). */
function selectOwnPods(object: KubeObject): void {
  const { metadata, spec } = object;
  if (spec.manualSelector) {
    return;
  }
  const selector = { 'batch.kubernetes.io/controller-uid': metadata.uid };
  const labels = {
    ...selector,
    'batch.kubernetes.io/job-name': metadata.name,
    // Their names until 1.27 are still set.
    'controller-uid': metadata.uid,
    'job-name': metadata.name,
  };
  spec.selector = { matchLabels: selector };
  spec.template.metadata = {
    ...spec.template.metadata,
    labels: { ...spec.template.metadata?.labels, ...labels },
  };
  // A job without labels of its own gets its template's.
  metadata.labels ??= { ...spec.template.metadata.labels };
}

function applyJobSpecDefaults(spec: any): void {
  if (spec.parallelism === undefined && spec.completions === undefined) {
    spec.completions = 1;
  }
  spec.parallelism ??= 1;
  spec.backoffLimit ??= 6;
  spec.completionMode ??= 'NonIndexed';
  spec.suspend ??= false;
  spec.manualSelector ??= false;
  spec.podReplacementPolicy ??= 'TerminatingOrFailed';
}

export const cronJob: KindBehaviour = {
  applyDefaults({ spec }) {
    applyTemplateDefaults(spec.jobTemplate?.spec?.template);
    spec.concurrencyPolicy ??= 'Allow';
    spec.suspend ??= false;
    spec.successfulJobsHistoryLimit ??= 3;
    spec.failedJobsHistoryLimit ??= 1;
  },
};
