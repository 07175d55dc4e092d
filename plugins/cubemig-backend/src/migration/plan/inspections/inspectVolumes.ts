import { KubeVolume } from '../../../clusters';
import { Finding, TargetContext, warning } from '../PlanContext';
import { isRestricted, volumesOf, whyVolumesStay } from '../../objects';
import { valueOf } from '../Reading';

/** What the pod will find in its volumes. */
export function inspectVolumes(context: TargetContext): Finding[] {
  const { pod, order, config, place } = context;
  const about = {
    cluster: place.cluster,
    object: `Pod ${place.namespace}/${place.pod}`,
  };
  const volumes = pod.spec?.volumes ?? [];
  const temporary = volumesOf(pod);
  const stay = whyVolumesStay(order, config);
  const problems = [
    temporary.length > 0 &&
      stay !== undefined && {
        code: 'volumes-stay',
        message: `The files in the emptyDir volumes ${quote(
          temporary,
        )} stay behind; a process that holds one open cannot be restored.`,
        remedy: stay,
      },
    temporary.length > 0 &&
      stay === undefined &&
      isRestricted(valueOf(context.target.namespace)) && {
        code: 'volume-owners-lost',
        message: `The namespace '${
          place.namespace
        }' enforces the pod security level restricted: files in ${quote(
          temporary,
        )} will all belong to the pod's own user.`,
        remedy:
          'If the program cares whose files they are, use a namespace with the level baseline.',
      },
    ...inspectKinds(volumes, order.quarantine),
  ];
  return problems.flatMap(problem =>
    problem ? [warning(problem, about)] : [],
  );
}

function inspectKinds(volumes: KubeVolume[], isQuarantined: boolean) {
  const claims = named(volumes, v => v.persistentVolumeClaim);
  const fresh = named(volumes, v => v.ephemeral);
  const shared = named(
    volumes,
    v => v.nfs ?? v.iscsi ?? v.cephfs ?? v.glusterfs ?? v.csi,
  );
  if (isQuarantined) {
    const emptied = [...claims, ...fresh, ...shared];
    return [
      emptied.length > 0 && {
        code: 'volumes-empty',
        message: `In quarantine the volumes ${emptied.join(', ')} are empty.`,
        remedy:
          'A process that holds a file of theirs open cannot be restored.',
      },
    ];
  }
  return [
    claims.length > 0 && {
      code: 'claims-not-copied',
      message: `The volumes ${claims.join(
        ', ',
      )} show what the target cluster's claims hold; their data is not carried over.`,
      remedy:
        'Bring the data over by the storage itself (a shared volume, replication, a snapshot) before.',
    },
    fresh.length > 0 && {
      code: 'claims-not-copied',
      message: `The volumes ${fresh.join(
        ', ',
      )} are made for each pod: they will be new and empty.`,
      remedy: 'Make sure that the program finds its way with an empty volume.',
    },
    shared.length > 0 && {
      code: 'shared-volumes',
      message: `The volumes ${shared.join(
        ', ',
      )} are mounted in the target too, while the source still has them.`,
      remedy:
        'Make sure that the target reaches them, and that two may write at once for a moment.',
    },
  ];
}

function named(volumes: KubeVolume[], pick: (volume: KubeVolume) => unknown) {
  return volumes.filter(pick).map(({ name }) => `'${name}'`);
}

function quote(names: string[]) {
  return names.map(name => `'${name}'`).join(', ');
}
