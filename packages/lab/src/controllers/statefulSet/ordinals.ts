import type { KubeObject, ObjectDraft } from '../../api/ClusterStore';
import { controllerReference } from '../ownership';

export const REVISION_LABEL = 'controller-revision-hash';
const POD_NAME_LABEL = 'statefulset.kubernetes.io/pod-name';
const INDEX_LABEL = 'apps.kubernetes.io/pod-index';

/** A pod's ordinal in a StatefulSet; undefined where its name is not the set's. */
export function ordinalOf(
  set: KubeObject,
  podName: string,
): number | undefined {
  const prefix = `${set.metadata.name}-`;
  const rest = podName.startsWith(prefix) ? podName.slice(prefix.length) : '';
  return /^\d+$/.test(rest) ? Number(rest) : undefined;
}

export function podNameOf({ metadata }: KubeObject, ordinal: number): string {
  return `${metadata.name}-${ordinal}`;
}

/** The ordinals that a StatefulSet wants, the first first. */
export function wantedOrdinals({ spec }: KubeObject): number[] {
  const start: number = spec.ordinals?.start ?? 0;
  return Array.from({ length: spec.replicas }, (_, index) => start + index);
}

/** The labels by which a pod is told from its siblings; an adopted pod gets them too. */
export function identityLabels(set: KubeObject, ordinal: number) {
  return {
    [POD_NAME_LABEL]: podNameOf(set, ordinal),
    [INDEX_LABEL]: String(ordinal),
  };
}

/** The claims of a pod, one for each template, in the template's order. They belong to nobody: they outlive the pod. */
export function buildClaims(set: KubeObject, ordinal: number): ObjectDraft[] {
  return (set.spec.volumeClaimTemplates ?? []).map((template: any) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      ...template.metadata,
      name: claimName(set, template, ordinal),
      namespace: set.metadata.namespace,
      labels: {
        ...template.metadata?.labels,
        ...set.spec.selector.matchLabels,
      },
    },
    spec: template.spec,
  }));
}

/** The pod of an ordinal, made of a revision's template (pkg/controller/statefulset, newStatefulSetPod). */
export function buildPod(
  set: KubeObject,
  ordinal: number,
  revision: { name: string; template: any },
): ObjectDraft {
  const { metadata, spec } = revision.template;
  const claimed = (set.spec.volumeClaimTemplates ?? []).map(
    (template: any) => ({
      name: template.metadata.name,
      persistentVolumeClaim: { claimName: claimName(set, template, ordinal) },
    }),
  );
  const isClaimed = ({ name }: { name: string }) =>
    claimed.some((volume: { name: string }) => volume.name === name);
  const volumes = [
    ...claimed,
    ...(spec.volumes ?? []).filter((volume: any) => !isClaimed(volume)),
  ];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: podNameOf(set, ordinal),
      generateName: `${set.metadata.name}-`,
      namespace: set.metadata.namespace,
      labels: {
        ...metadata?.labels,
        ...identityLabels(set, ordinal),
        [REVISION_LABEL]: revision.name,
      },
      annotations: metadata?.annotations,
      ownerReferences: [controllerReference(set)],
    },
    spec: {
      ...spec,
      hostname: podNameOf(set, ordinal),
      subdomain: set.spec.serviceName,
      ...(volumes.length ? { volumes } : {}),
    },
  };
}

function claimName(set: KubeObject, template: any, ordinal: number): string {
  return `${template.metadata.name}-${podNameOf(set, ordinal)}`;
}
