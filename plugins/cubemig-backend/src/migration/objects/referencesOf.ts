import { MigrationOrder } from '@cubemig/plugin-cubemig-common';
import { Kind, KubeContainer, KubePod } from '../../clusters';

export interface Reference {
  kind: Extract<
    Kind,
    | 'ConfigMap'
    | 'PersistentVolumeClaim'
    | 'PriorityClass'
    | 'RuntimeClass'
    | 'Secret'
    | 'ServiceAccount'
    | 'StorageClass'
  >;
  name: string;
}

/** Classes that every cluster has. */
const BUILT_IN = ['system-cluster-critical', 'system-node-critical'];

/** What the restored pod names besides data: its identity, and classes that the cluster's administrator defines. */
export function clusterReferencesOf(
  { spec }: KubePod,
  { quarantine }: Pick<MigrationOrder, 'quarantine'>,
): Reference[] {
  const named = (kind: Reference['kind'], name: string | undefined) =>
    name && !BUILT_IN.includes(name) ? [{ kind, name }] : [];
  return [
    ...(quarantine
      ? []
      : named('ServiceAccount', spec?.serviceAccountName ?? 'default')),
    ...named('PriorityClass', spec?.priorityClassName),
    ...named('RuntimeClass', spec?.runtimeClassName),
    ...(spec?.volumes ?? []).flatMap(({ ephemeral }) =>
      named(
        'StorageClass',
        ephemeral?.volumeClaimTemplate?.spec.storageClassName,
      ),
    ),
  ];
}

/**
 * What a pod cannot start without, in its own namespace. References marked as optional are left out, and so are the Secrets with which the
 * platform itself has checkpoints pulled: a pod that was restored once names them.
 */
export function referencesOf(
  pod: KubePod,
  platformSecrets: readonly string[],
): Reference[] {
  const spec = pod.spec!;
  const found = [
    ...(spec.volumes ?? []).flatMap(volumeReferences),
    ...[...spec.containers, ...(spec.initContainers ?? [])].flatMap(
      environmentReferences,
    ),
    ...(spec.imagePullSecrets ?? []).map(({ name }) => secret(name)),
  ];
  const distinct = new Map(
    found.map(reference => [`${reference.kind}/${reference.name}`, reference]),
  );
  return [...distinct.values()].filter(
    ({ kind, name }) =>
      name && !(kind === 'Secret' && platformSecrets.includes(name)),
  );
}

type Volume = NonNullable<NonNullable<KubePod['spec']>['volumes']>[number];

function volumeReferences(volume: Volume): Reference[] {
  // The token volume: the target's admission adds its own.
  if (volume.name.startsWith('kube-api-access-')) return [];
  const sources = [volume, ...(volume.projected?.sources ?? [])];
  return [
    ...sources.flatMap(({ configMap }) =>
      configMap && !configMap.optional ? [configMapNamed(configMap.name)] : [],
    ),
    ...(volume.projected?.sources ?? []).flatMap(source =>
      source.secret && !source.secret.optional
        ? [secret(source.secret.name)]
        : [],
    ),
    ...(volume.secret && !volume.secret.optional
      ? [secret(volume.secret.secretName)]
      : []),
    ...(volume.persistentVolumeClaim
      ? [
          {
            kind: 'PersistentVolumeClaim' as const,
            name: volume.persistentVolumeClaim.claimName,
          },
        ]
      : []),
  ];
}

function environmentReferences(container: KubeContainer): Reference[] {
  return [
    ...(container.envFrom ?? []).flatMap(({ configMapRef, secretRef }) => [
      ...(configMapRef && !configMapRef.optional
        ? [configMapNamed(configMapRef.name)]
        : []),
      ...(secretRef && !secretRef.optional ? [secret(secretRef.name)] : []),
    ]),
    ...(container.env ?? []).flatMap(({ valueFrom }) => [
      ...(valueFrom?.configMapKeyRef && !valueFrom.configMapKeyRef.optional
        ? [configMapNamed(valueFrom.configMapKeyRef.name)]
        : []),
      ...(valueFrom?.secretKeyRef && !valueFrom.secretKeyRef.optional
        ? [secret(valueFrom.secretKeyRef.name)]
        : []),
    ]),
  ];
}

function configMapNamed(name = ''): Reference {
  return { kind: 'ConfigMap', name };
}

function secret(name = ''): Reference {
  return { kind: 'Secret', name };
}
