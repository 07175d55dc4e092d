import { fieldCause, type StatusCause } from '../ApiError';
import type { ResourceType } from '../resources';

interface NameRule {
  pattern: RegExp;
  maxLength: number;
  says: string;
}

// The texts are those of apimachinery's util/validation.
const SUBDOMAIN: NameRule = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  maxLength: 253,
  says:
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character " +
    "(e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
};
const LABEL: NameRule = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  maxLength: 63,
  says:
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character " +
    "(e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
};
const PATH_SEGMENT: NameRule = {
  pattern: /^(?!\.{1,2}$)[^/%]+$/,
  maxLength: 253,
  says: "may not be '.', '..' or contain '/' or '%'",
};

function ruleOf({ group, kind }: ResourceType): NameRule {
  if (group === 'rbac.authorization.k8s.io') {
    return PATH_SEGMENT;
  }
  return kind === 'Namespace' || kind === 'Service' ? LABEL : SUBDOMAIN;
}

/** What is wrong with an object's name, or undefined. */
export function findNameFault(
  type: ResourceType,
  name: string | undefined,
): StatusCause | undefined {
  const field = 'metadata.name';
  if (!name) {
    return fieldCause(
      field,
      'FieldValueRequired',
      'Required value: name or generateName is required',
    );
  }
  const rule = ruleOf(type);
  if (name.length > rule.maxLength) {
    return fieldCause(
      field,
      'FieldValueInvalid',
      `Invalid value: "${name}": must be no more than ${rule.maxLength} characters`,
    );
  }
  return rule.pattern.test(name)
    ? undefined
    : fieldCause(
        field,
        'FieldValueInvalid',
        `Invalid value: "${name}": ${rule.says}`,
      );
}
