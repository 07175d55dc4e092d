import { ApiError } from '../ApiError';
import type { ClusterStore, KubeObject } from '../ClusterStore';
import { behaviourOf } from '../kinds';
import { qualifiedName, type ResourceType } from '../resources';
import { matchesSelector } from '../selectors';
import type { EvaluateExpression } from './evaluateExpression';

/** A write as admission sees it, before it is stored. */
export interface Admission {
  type: ResourceType;
  operation: 'CREATE' | 'UPDATE';
  object: KubeObject;
  oldObject?: KubeObject;
}

/**
 * Evaluates the cluster's ValidatingAdmissionPolicies on a write; throws as the API server does where one denies it. Of match conditions
 * it knows what `matchConstraints` says of resources and namespaces; parameters are ConfigMaps.
 */
export function enforcePolicies(
  store: ClusterStore,
  admission: Admission,
  evaluate: EvaluateExpression,
): void {
  const object = structuredClone(admission.object);
  behaviourOf(admission.type).applyDefaults?.(object);
  for (const binding of store.list('ValidatingAdmissionPolicyBinding')) {
    const policy = store.get(
      'ValidatingAdmissionPolicy',
      undefined,
      binding.spec.policyName,
    );
    const actions: string[] = binding.spec.validationActions ?? [];
    if (
      policy &&
      actions.includes('Deny') &&
      isConcerned(store, policy.spec.matchConstraints ?? {}, admission)
    ) {
      const why = findObjection(
        store,
        policy,
        binding,
        { ...admission, object },
        evaluate,
      );
      if (why !== undefined) {
        throw denied(admission, policy, binding, why);
      }
    }
  }
}

function isConcerned(
  store: ClusterStore,
  { namespaceSelector, resourceRules = [] }: any,
  { type, operation, object }: Admission,
): boolean {
  const names = (list: string[] = [], name: string) =>
    list.includes('*') || list.includes(name);
  const namespace = store.get(
    'Namespace',
    undefined,
    object.metadata.namespace ?? '',
  );
  return (
    matchesSelector(namespaceSelector ?? {}, namespace?.metadata.labels) &&
    resourceRules.some(
      (rule: any) =>
        names(rule.apiGroups, type.group) &&
        names(rule.apiVersions, type.version) &&
        names(rule.operations, operation) &&
        names(rule.resources, type.plural),
    )
  );
}

/** What a policy has against a write; undefined where it has nothing. */
function findObjection(
  store: ClusterStore,
  { spec }: KubeObject,
  { spec: { paramRef } }: KubeObject,
  { object, oldObject, operation }: Admission,
  evaluate: EvaluateExpression,
): string | undefined {
  const params =
    spec.paramKind &&
    store.get(
      spec.paramKind.kind,
      paramRef?.namespace ?? object.metadata.namespace,
      paramRef?.name ?? '',
    );
  if (spec.paramKind && !params) {
    return paramRef?.parameterNotFoundAction === 'Allow'
      ? undefined
      : 'failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction';
  }
  const variables: Record<string, unknown> = {};
  const context = {
    object: asJson(object),
    oldObject: asJson(oldObject ?? null),
    params: asJson(params ?? null),
    request: { operation },
    variables,
  };
  for (const { name, expression } of spec.variables ?? []) {
    const { value } = evaluate(expression, context);
    // A variable that cannot be told is missing: whoever needs it fails.
    if (value !== undefined) {
      variables[name] = value;
    }
  }
  for (const validation of spec.validations ?? []) {
    const { value, error } = evaluate(validation.expression, context);
    if (error && spec.failurePolicy !== 'Ignore') {
      return `expression '${validation.expression}' resulted in error: ${error}`;
    }
    if (!error && value !== true) {
      const told = validation.messageExpression
        ? evaluate(validation.messageExpression, context).value
        : undefined;
      return typeof told === 'string'
        ? told
        : validation.message ?? `failed expression: ${validation.expression}`;
    }
  }
  return undefined;
}

/** Expressions know plain objects alone, not those of another realm such as a clone in a test. */
function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function denied(
  { type, object }: Admission,
  policy: KubeObject,
  binding: KubeObject,
  why: string,
): ApiError {
  const { name = '' } = object.metadata;
  const [first, second] = [policy, binding].map(each => each.metadata.name);
  const message = `ValidatingAdmissionPolicy '${first}' with binding '${second}' denied request: ${why}`;
  return new ApiError(
    422,
    'Invalid',
    `${qualifiedName(type)} "${name}" is forbidden: ${message}`,
    {
      name,
      ...(type.group ? { group: type.group } : {}),
      kind: type.plural,
      causes: [{ reason: '', message }],
    },
  );
}
