import type { KubeObject } from '../../ClusterStore';
import { AGE, NAME, column, type Column } from './columns';

/** The columns of volumes, their claims and classes. */
export const STORAGE_COLUMNS: Record<string, Column[]> = {
  PersistentVolumeClaim: [
    NAME,
    column('Status', ({ status }) => status?.phase),
    column('Volume', ({ spec }) => spec.volumeName ?? ''),
    column('Capacity', ({ status }) => status?.capacity?.storage ?? ''),
    column('Access Modes', accessModes),
    column('StorageClass', ({ spec }) => spec.storageClassName ?? ''),
    AGE,
  ],
  PersistentVolume: [
    NAME,
    column('Capacity', ({ spec }) => spec.capacity?.storage ?? ''),
    column('Access Modes', accessModes),
    column('Reclaim Policy', ({ spec }) => spec.persistentVolumeReclaimPolicy),
    column('Status', ({ status }) => status?.phase),
    column('Claim', ({ spec }) =>
      spec.claimRef ? `${spec.claimRef.namespace}/${spec.claimRef.name}` : '',
    ),
    column('StorageClass', ({ spec }) => spec.storageClassName ?? ''),
    AGE,
  ],
  StorageClass: [
    column('Name', ({ metadata }) =>
      isDefaultClass(metadata) ? `${metadata.name} (default)` : metadata.name,
    ),
    column('Provisioner', ({ provisioner }) => provisioner),
    column('ReclaimPolicy', ({ reclaimPolicy }) => reclaimPolicy ?? 'Delete'),
    column(
      'VolumeBindingMode',
      ({ volumeBindingMode }) => volumeBindingMode ?? 'Immediate',
    ),
    column(
      'AllowVolumeExpansion',
      ({ allowVolumeExpansion }) => allowVolumeExpansion ?? false,
    ),
    AGE,
  ],
};

function accessModes({ spec }: KubeObject): string {
  const short: Record<string, string> = {
    ReadWriteOnce: 'RWO',
    ReadOnlyMany: 'ROX',
    ReadWriteMany: 'RWX',
    ReadWriteOncePod: 'RWOP',
  };
  return (spec.accessModes ?? []).map((mode: string) => short[mode]).join(',');
}

function isDefaultClass({ annotations }: KubeObject['metadata']): boolean {
  return (
    annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true'
  );
}
