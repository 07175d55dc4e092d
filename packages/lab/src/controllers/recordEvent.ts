import { createHash } from 'node:crypto';
import type { ClusterStore, KubeObject } from '../api/ClusterStore';

/** Something to tell about an object. */
export interface EventNote {
  type: 'Normal' | 'Warning';
  /** For example `Scheduled`. */
  reason: string;
  message: string;
  /** Who says so, for example `kubelet` or `job-controller`. */
  component: string;
  /** The node it is said from; kubelets only. */
  host?: string;
  /** The part of the object it is about, for example `spec.containers{app}`. */
  fieldPath?: string;
}

/** Records an Event about an object; the same note again counts up the Event that is there, as client-go's recorder does. */
export function recordEvent(
  store: ClusterStore,
  about: KubeObject,
  note: EventNote,
): void {
  // Events about cluster-scoped objects (nodes) lie in the default namespace.
  const namespace = about.metadata.namespace ?? 'default';
  const { type, reason, message, component, host, fieldPath } = note;
  const digest = createHash('sha256')
    .update(
      [about.metadata.uid, type, reason, message, component, fieldPath].join(
        '\0',
      ),
    )
    .digest('hex')
    .slice(0, 16);
  const name = `${about.metadata.name}.${digest}`;
  const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');

  const counted = store.mutate('Event', namespace, name, event => {
    event.count += 1;
    event.lastTimestamp = now;
  });
  // Nothing can be recorded in a namespace that is going away, nor about what is in one.
  if (counted || !acceptsEvents(store, namespace)) {
    return;
  }
  store.create({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace },
    involvedObject: {
      kind: about.kind,
      ...(about.metadata.namespace ? { namespace } : {}),
      name: about.metadata.name,
      uid: about.metadata.uid,
      apiVersion: about.apiVersion,
      resourceVersion: about.metadata.resourceVersion,
      ...(fieldPath ? { fieldPath } : {}),
    },
    reason,
    message,
    source: { component, ...(host ? { host } : {}) },
    firstTimestamp: now,
    lastTimestamp: now,
    count: 1,
    type,
    eventTime: null,
    reportingComponent: component,
    reportingInstance: host ?? '',
  });
}

function acceptsEvents(store: ClusterStore, namespace: string): boolean {
  const found = store.get('Namespace', undefined, namespace);
  return found !== undefined && !found.metadata.deletionTimestamp;
}
