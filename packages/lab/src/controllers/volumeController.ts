import type { ClusterStore, KubeObject } from '../api/ClusterStore';
import { keyOf, splitKey, type Controller } from './Controller';
import { recordEvent } from './recordEvent';

const COMPONENT = 'persistentvolume-controller';
/** Who makes volumes of a claim: the lab, as a folder that all nodes of the cluster share. */
export const PROVISIONER = 'folder.lab.cubemig.io';

/** Makes a volume for every claim of a class whose provisioner is the lab's, at once, and takes it away with its claim. */
export function volumeController(store: ClusterStore): Controller {
  return {
    name: COMPONENT,
    wakesOn: {
      PersistentVolumeClaim: claim => [keyOf(claim)],
      StorageClass: () => store.list('PersistentVolumeClaim').map(keyOf),
    },
    reconcile(key) {
      const [namespace, name] = splitKey(key);
      const claim = store.get('PersistentVolumeClaim', namespace, name);
      releaseVolumes(store, key, claim);
      if (claim && !claim.spec.volumeName && isOurs(store, claim)) {
        const volume = createVolume(store, claim);
        bind(store, claim, volume);
      }
    },
  };
}

function isOurs(store: ClusterStore, { spec }: KubeObject): boolean {
  const name = spec.storageClassName;
  return (
    Boolean(name) &&
    store.get('StorageClass', undefined, name)?.provisioner === PROVISIONER
  );
}

function createVolume(store: ClusterStore, claim: KubeObject): KubeObject {
  const { metadata, spec } = claim;
  const { namespace, uid } = metadata;
  const name = `pvc-${uid}`;
  const known = store.get('PersistentVolume', undefined, name);
  if (known) {
    return known;
  }
  const storageClass = store.get(
    'StorageClass',
    undefined,
    spec.storageClassName,
  );
  const volume = store.create({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: {
      name,
      annotations: { 'pv.kubernetes.io/provisioned-by': PROVISIONER },
    },
    spec: {
      capacity: { storage: spec.resources?.requests?.storage ?? '1Gi' },
      accessModes: spec.accessModes ?? ['ReadWriteOnce'],
      persistentVolumeReclaimPolicy: storageClass?.reclaimPolicy ?? 'Delete',
      storageClassName: spec.storageClassName,
      volumeMode: spec.volumeMode,
      csi: { driver: PROVISIONER, volumeHandle: name },
      claimRef: {
        kind: 'PersistentVolumeClaim',
        apiVersion: 'v1',
        namespace,
        name: metadata.name,
        uid,
      },
    },
    status: { phase: 'Bound' },
  });
  recordEvent(store, claim, {
    type: 'Normal',
    reason: 'ProvisioningSucceeded',
    message: `Successfully provisioned volume ${name}`,
    component: COMPONENT,
  });
  return volume;
}

function bind(
  store: ClusterStore,
  { kind, metadata }: KubeObject,
  volume: KubeObject,
): void {
  const { namespace, name, uid } = metadata;
  store.mutate(
    kind,
    namespace,
    name,
    stored => {
      stored.metadata.annotations = {
        ...stored.metadata.annotations,
        'pv.kubernetes.io/bind-completed': 'yes',
      };
      stored.spec.volumeName = volume.metadata.name;
      stored.status = {
        ...stored.status,
        phase: 'Bound',
        accessModes: volume.spec.accessModes,
        capacity: volume.spec.capacity,
      };
    },
    { uid },
  );
}

/** Volumes of a claim that is gone: deleted or kept for whoever looks into them, as their class says. */
function releaseVolumes(
  store: ClusterStore,
  key: string,
  claim: KubeObject | undefined,
): void {
  for (const { kind, metadata, spec } of store.list('PersistentVolume')) {
    const { namespace, name, uid } = spec.claimRef ?? {};
    if (`${namespace}/${name}` !== key || uid === claim?.metadata.uid) {
      continue;
    }
    if (spec.persistentVolumeReclaimPolicy === 'Delete') {
      store.delete(kind, undefined, metadata.name, { uid: metadata.uid });
    } else {
      store.mutate(kind, undefined, metadata.name, stored => {
        stored.status = { ...stored.status, phase: 'Released' };
      });
    }
  }
}
