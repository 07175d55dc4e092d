import type { ClusterStore, KubeObject } from '../api/ClusterStore';
import { controllerReference } from './ownership';
import { recordEvent } from './recordEvent';

/** Creates a pod of a workload's template, owned by it, and tells so; a refusal is told too, and thrown. */
export function createPodFromTemplate(
  store: ClusterStore,
  owner: KubeObject,
  options: { component: string; finalizers?: string[] },
): KubeObject {
  const { name, namespace } = owner.metadata;
  const { metadata, spec } = owner.spec.template;
  const { component, finalizers } = options;
  try {
    const pod = store.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        generateName: `${name}-`,
        namespace,
        labels: metadata?.labels,
        annotations: metadata?.annotations,
        ownerReferences: [controllerReference(owner)],
        finalizers,
      },
      spec,
    });
    recordEvent(store, owner, {
      type: 'Normal',
      reason: 'SuccessfulCreate',
      message: `Created pod: ${pod.metadata.name}`,
      component,
    });
    return pod;
  } catch (error) {
    recordEvent(store, owner, {
      type: 'Warning',
      reason: 'FailedCreate',
      message: `Error creating: ${(error as Error).message}`,
      component,
    });
    throw error;
  }
}
