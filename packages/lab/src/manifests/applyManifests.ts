import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ClusterStore, ObjectDraft } from '../api/ClusterStore';
import { findTypeOfKind } from '../api/resources';

/** What others need comes first; kinds that are not here come last, in their given order. */
const FIRST_KINDS = [
  'Namespace',
  'PriorityClass',
  'StorageClass',
  'ServiceAccount',
  'ClusterRole',
  'ClusterRoleBinding',
  'Role',
  'RoleBinding',
  'ConfigMap',
  'Secret',
];

/** Creates objects in a new cluster. What exists already gets the given fields merged in, one level deep. */
export async function applyManifests(
  store: ClusterStore,
  drafts: ObjectDraft[],
): Promise<void> {
  const rankOf = ({ kind }: ObjectDraft) => {
    const at = FIRST_KINDS.indexOf(kind);
    return at < 0 ? FIRST_KINDS.length : at;
  };
  const ordered = [...drafts].sort(
    (left, right) => rankOf(left) - rankOf(right),
  );
  for (const draft of ordered) {
    applyManifest(store, draft);
    if (draft.kind === 'Namespace') {
      await untilComplete(store, draft.metadata?.name ?? '');
    }
  }
}

function applyManifest(store: ClusterStore, draft: ObjectDraft): void {
  const { kind, metadata } = draft;
  const type = findTypeOfKind(kind);
  if (!type) {
    throw new Error(`the lab serves no kind ${kind} (${metadata?.name})`);
  }
  const namespace = type.namespaced
    ? metadata?.namespace ?? 'default'
    : undefined;
  const merged = store.mutate(kind, namespace, metadata?.name ?? '', stored => {
    const { metadata: given, apiVersion: _, ...content } = draft;
    Object.assign(stored, content);
    for (const field of ['labels', 'annotations'] as const) {
      stored.metadata[field] = { ...stored.metadata[field], ...given?.[field] };
    }
  });
  if (!merged) {
    store.create({ ...draft, metadata: { ...metadata, namespace } });
  }
}

/** Pods can be made in a namespace when its controller has put the default ServiceAccount there. */
async function untilComplete(
  store: ClusterStore,
  namespace: string,
): Promise<void> {
  while (!store.get('ServiceAccount', namespace, 'default')) {
    await nextTurn();
  }
}
