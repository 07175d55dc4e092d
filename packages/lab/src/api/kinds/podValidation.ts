import { fieldCause, type StatusCause } from '../ApiError';
import { isSameJson } from '../store/equality';

/** What is wrong with a pod's spec or a workload's template, the plain cases. */
export function validatePodSpec(spec: any, path: string): StatusCause[] {
  const containers: any[] = spec?.containers ?? [];
  if (containers.length === 0) {
    return [
      fieldCause(`${path}.containers`, 'FieldValueRequired', 'Required value'),
    ];
  }
  const volumes = new Set((spec.volumes ?? []).map((v: any) => v.name));
  const seen = new Set<string>();
  return ['initContainers', 'containers'].flatMap(list =>
    (spec[list] ?? []).flatMap((container: any, index: number) => {
      const field = `${path}.${list}[${index}]`;
      const causes = validateContainer(container, field);
      if (container.name && seen.has(container.name)) {
        causes.push(
          fieldCause(
            `${field}.name`,
            'FieldValueDuplicate',
            `Duplicate value: "${container.name}"`,
          ),
        );
      }
      seen.add(container.name);
      (container.volumeMounts ?? []).forEach((mount: any, at: number) => {
        if (!volumes.has(mount.name)) {
          causes.push({
            reason: 'FieldValueNotFound',
            message: `Not found: "${mount.name}"`,
            field: `${field}.volumeMounts[${at}].name`,
          });
        }
      });
      return causes;
    }),
  );
}

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];

function validateContainer(container: any, path: string): StatusCause[] {
  const causes: StatusCause[] = [];
  for (const required of ['name', 'image']) {
    if (!container[required]) {
      causes.push(
        fieldCause(
          `${path}.${required}`,
          'FieldValueRequired',
          'Required value',
        ),
      );
    }
  }
  const { imagePullPolicy, ports = [] } = container;
  if (imagePullPolicy && !PULL_POLICIES.includes(imagePullPolicy)) {
    causes.push(
      fieldCause(
        `${path}.imagePullPolicy`,
        'FieldValueNotSupported',
        `Unsupported value: "${imagePullPolicy}": supported values: ${PULL_POLICIES.map(
          policy => `"${policy}"`,
        ).join(', ')}`,
      ),
    );
  }
  ports.forEach(({ containerPort }: any, at: number) => {
    if (!(containerPort > 0 && containerPort < 65_536)) {
      causes.push(
        fieldCause(
          `${path}.ports[${at}].containerPort`,
          'FieldValueInvalid',
          `Invalid value: ${containerPort}: must be between 1 and 65535, inclusive`,
        ),
      );
    }
  });
  return causes;
}

/** Only some fields of a pod can be changed once it exists (pkg/apis/core/validation, ValidatePodUpdate). */
export function validatePodSpecUpdate(next: any, previous: any): StatusCause[] {
  if (isSameJson(withoutMutableFields(next), withoutMutableFields(previous))) {
    return [];
  }
  return [
    fieldCause(
      'spec',
      'FieldValueForbidden',
      'Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,' +
        '`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
    ),
  ];
}

function withoutMutableFields(spec: any): unknown {
  const {
    activeDeadlineSeconds: _,
    tolerations: __,
    schedulingGates: ___,
    ...fixed
  } = spec;
  for (const list of ['containers', 'initContainers']) {
    fixed[list] = fixed[list]?.map(
      ({ image: _image, ...container }: any) => container,
    );
  }
  return fixed;
}
