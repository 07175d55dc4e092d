import { travellersOf } from '../../objects';
import { blocker, Finding, TargetContext, warning } from '../PlanContext';

/** Where podman and CRI-O put images that were built on the node itself. */
const LOCAL = /^localhost\//;

/** Whether the target's nodes could pull the base images at all; whether they may is known only when they try. */
export function inspectImages(context: TargetContext): Finding[] {
  const { order, pod, place } = context;
  const about = { cluster: place.cluster };
  const statuses = pod.status?.containerStatuses ?? [];
  return travellersOf(order, pod).flatMap(name => {
    const container = pod.spec!.containers.find(c => c.name === name)!;
    const { image = '', imageID = '' } =
      statuses.find(status => status.name === name) ?? {};
    const object = `Image ${image || container.image}`;
    if (LOCAL.test(image) || LOCAL.test(container.image ?? '')) {
      return [
        blocker(
          {
            code: 'image-not-pullable',
            message: `The image of '${name}' (${container.image}) is only on the source's node.`,
            remedy:
              'Push it to a registry that both clusters reach, and run the pod from there.',
          },
          { ...about, object },
        ),
      ];
    }
    if (!imageID || imageID.includes('@sha256:')) return [];
    return [
      warning(
        {
          code: 'image-without-digest',
          message: `The source's runtime does not tell the digest of the image of '${name}': the target pulls it by its name (${image}).`,
          remedy:
            'If the registry serves another image under that name by now, the restore fails: run the pod by digest.',
        },
        { ...about, object },
      ),
    ];
  });
}
