import { PlannedAction } from '@cubemig/plugin-cubemig-common';
import { stringify } from 'yaml';
import { Kind, kinds, Kinds } from '../../../clusters';
import { Scaled } from '../replicas';

/** An object that cut-over makes in the target. */
export function creation<K extends Kind>(
  cluster: string,
  kind: K,
  object: Kinds[K],
  change: Partial<PlannedAction> = {},
): PlannedAction {
  const { namespace, name = '' } = object.metadata ?? {};
  return {
    step: 'cut-over',
    verb: 'create',
    cluster,
    kind,
    namespace,
    name,
    description: `Make the ${kind} ${name}`,
    isUndone: true,
    manifest: toYaml(kind, object),
    ...change,
  };
}

/** A number of replicas that cut-over changes. In the source it is the last thing of all. */
export function scaling(
  cluster: string,
  { kind, namespace, name, by }: Scaled & { by: 1 | -1 },
): PlannedAction {
  return {
    step: 'cut-over',
    verb: 'change',
    cluster,
    kind,
    namespace,
    name,
    description:
      by > 0
        ? `One replica more, which the restored pod takes up`
        : `One replica less: the source pod goes, last of all`,
    isUndone: by > 0,
  };
}

/** An object as it will be sent. Of a Secret only the keys are shown. */
export function toYaml<K extends Kind>(kind: K, object: Kinds[K]): string {
  const shown: object =
    kind === 'Secret' ? hideValues(object as Kinds['Secret']) : object;
  return stringify(
    { apiVersion: kinds[kind].apiVersion, kind, ...shown },
    // An undefined field is one that is not sent.
    { keepUndefined: false, aliasDuplicateObjects: false },
  );
}

function hideValues({ data, ...secret }: Kinds['Secret']) {
  return {
    ...secret,
    data: Object.fromEntries(
      Object.keys(data ?? {}).map(key => [key, '(hidden)']),
    ),
  };
}
