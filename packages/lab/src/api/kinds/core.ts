import type { KubeObject } from '../ClusterStore';
import type { KindBehaviour } from './KindBehaviour';

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

export const namespace: KindBehaviour = {
  applyDefaults(object) {
    object.metadata.labels = {
      ...object.metadata.labels,
      'kubernetes.io/metadata.name': object.metadata.name,
    };
    object.spec ??= {};
    object.spec.finalizers ??= ['kubernetes'];
  },
  derive(object) {
    object.status = {
      ...object.status,
      phase: object.metadata.deletionTimestamp ? 'Terminating' : 'Active',
    };
  },
  // The namespace controller takes this finalizer away when the namespace is empty.
  isHeld: object => (object.spec?.finalizers ?? []).length > 0,
};

export const secret: KindBehaviour = {
  applyDefaults(object) {
    object.type ??= 'Opaque';
    const { stringData } = object;
    if (stringData) {
      object.data = { ...object.data };
      for (const [key, text] of Object.entries<string>(stringData)) {
        object.data[key] = Buffer.from(text).toString('base64');
      }
      delete object.stringData;
    }
  },
};

interface ServicePort {
  port: number;
  protocol?: string;
  targetPort?: number | string;
}

export const service: KindBehaviour = {
  applyDefaults(object) {
    const spec = (object.spec ??= {});
    spec.type ??= 'ClusterIP';
    spec.sessionAffinity ??= 'None';
    for (const port of (spec.ports ?? []) as ServicePort[]) {
      port.protocol ??= 'TCP';
      port.targetPort ??= port.port;
    }
    if (spec.type !== 'ExternalName') {
      spec.internalTrafficPolicy ??= 'Cluster';
      spec.ipFamilies ??= ['IPv4'];
      spec.ipFamilyPolicy ??= 'SingleStack';
    }
    object.status = { loadBalancer: {}, ...object.status };
  },
  admit(object, store) {
    const { spec } = object;
    if (spec.type !== 'ExternalName') {
      spec.clusterIP ??= pickClusterAddress(store.list('Service'));
      spec.clusterIPs ??= [spec.clusterIP];
    }
  },
};

/** The next free address of the service range; nothing listens there. */
function pickClusterAddress(services: KubeObject[]): string {
  const taken = new Set(services.map(({ spec }) => spec.clusterIP));
  for (let index = 1; ; index++) {
    const address = `10.96.${Math.floor(index / 256)}.${index % 256}`;
    if (!taken.has(address)) {
      return address;
    }
  }
}

export const persistentVolumeClaim: KindBehaviour = {
  applyDefaults(object) {
    object.spec.volumeMode ??= 'Filesystem';
    object.status = { phase: 'Pending', ...object.status };
  },
  // Only what names no class gets the default one: an empty name asks for none (admission plugin DefaultStorageClass).
  admit({ spec }, store) {
    spec.storageClassName ??= store
      .list('StorageClass')
      .find(
        ({ metadata }) => metadata.annotations?.[DEFAULT_CLASS] === 'true',
      )?.metadata.name;
  },
};

export const persistentVolume: KindBehaviour = {
  applyDefaults(object) {
    object.spec.persistentVolumeReclaimPolicy ??= 'Retain';
    object.spec.volumeMode ??= 'Filesystem';
    object.status = { phase: 'Available', ...object.status };
  },
};

export const storageClass: KindBehaviour = {
  applyDefaults(object) {
    object.reclaimPolicy ??= 'Delete';
    object.volumeBindingMode ??= 'Immediate';
  },
};
