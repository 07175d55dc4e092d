import type { ClusterStore, KubeObject } from '../../api/ClusterStore';
import { hashName } from '../../api/store/names';
import { isSameJson } from '../../api/store/equality';
import { controllerReference, isControlledBy } from '../ownership';

const HASH_LABEL = 'controller.kubernetes.io/hash';

/** A template that a StatefulSet has or had. */
export interface Revision {
  /** The ControllerRevision's name, which pods carry as a label. */
  name: string;
  template: any;
}

/**
 * The revision of the set's present template: one that is there already (which then becomes the newest, as after a rollback),
 * or a new one. With it, all revisions by age.
 */
export function keepRevisions(
  store: ClusterStore,
  set: KubeObject,
): { update: Revision; all: KubeObject[] } {
  const known = store
    .list('ControllerRevision', set.metadata.namespace)
    .filter(revision => isControlledBy(revision, set))
    .sort((left, right) => left.revision - right.revision);
  const next = (known.at(-1)?.revision ?? 0) + 1;
  const same = known.find(({ data }) =>
    isSameJson(templateOf(data), set.spec.template),
  );
  if (!same) {
    const created = createRevision(store, set, next);
    return { update: toRevision(created), all: [...known, created] };
  }
  if (same !== known.at(-1)) {
    store.mutate(
      same.kind,
      same.metadata.namespace,
      same.metadata.name,
      stored => {
        stored.revision = next;
      },
    );
  }
  const others = known.filter(revision => revision !== same);
  return { update: toRevision(same), all: [...others, same] };
}

/** Deletes the oldest revisions that no pod carries, beyond the limit. */
export function forgetOldRevisions(
  store: ClusterStore,
  set: KubeObject,
  all: KubeObject[],
  isInUse: (name: string) => boolean,
): void {
  const unused = all.filter(({ metadata }) => !isInUse(metadata.name));
  const excess = unused.length - set.spec.revisionHistoryLimit;
  for (const { kind, metadata } of unused.slice(0, Math.max(0, excess))) {
    store.delete(kind, metadata.namespace, metadata.name, {
      uid: metadata.uid,
    });
  }
}

export function toRevision({ metadata, data }: KubeObject): Revision {
  return { name: metadata.name, template: templateOf(data) };
}

function createRevision(
  store: ClusterStore,
  set: KubeObject,
  revision: number,
): KubeObject {
  const hash = hashName(set.spec.template);
  return store.create({
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name: `${set.metadata.name}-${hash}`,
      namespace: set.metadata.namespace,
      labels: { ...set.spec.template.metadata?.labels, [HASH_LABEL]: hash },
      ownerReferences: [controllerReference(set)],
    },
    // As a strategic merge patch, which `kubectl rollout undo` sends back.
    data: { spec: { template: { ...set.spec.template, $patch: 'replace' } } },
    revision,
  });
}

function templateOf(data: any) {
  const { $patch: _, ...template } = data.spec.template;
  return template;
}
