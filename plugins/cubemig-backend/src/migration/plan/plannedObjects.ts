import {
  checkpointTag,
  PlannedAction,
  reportTag,
  volumeTag,
} from '@cubemig/plugin-cubemig-common';
import {
  assembleRestoredPod,
  buildCheckpointTask,
  buildCourierJob,
  buildIsolation,
  buildPrePullPod,
  checkpointRepository,
  travellersOf,
  travellingVolumes,
} from '../objects';
import { toYaml, withheldLabels } from '../steps/workloads';
import { PlanContext, TargetContext } from './PlanContext';
import { valueOf } from './Reading';

const NOT_YET = `sha256:${'0'.repeat(64)}`;

/** The pull of base images on the node where the pod will run. */
export function planPrePull(
  context: TargetContext,
  migration: string,
): PlannedAction[] {
  const { order, pod, config, place, inventory } = context;
  const prePull = buildPrePullPod(pod, {
    migration,
    namespace: place.namespace,
    containers: travellersOf(order, pod),
    architecture: inventory.source.node?.status?.nodeInfo?.architecture,
    timeoutSeconds: config.migration.timeouts.prePullSeconds,
    isQuarantined: order.quarantine,
  });
  const images = prePull.spec!.containers.map(({ image = '' }) => image);
  return [
    {
      step: 'pre-pull',
      verb: 'create',
      cluster: place.cluster,
      kind: 'Pod',
      namespace: place.namespace,
      name: prePull.metadata!.name!,
      description: 'A short-lived pod that only pulls the base images',
      isUndone: true,
      manifest: toYaml('Pod', prePull),
    },
    ...[...new Set(images)].map(
      (image): PlannedAction => ({
        step: 'pre-pull',
        verb: 'pull',
        cluster: place.cluster,
        kind: 'Image',
        name: image,
        description:
          'Pull the base image on the node that the scheduler chooses',
        isUndone: false,
      }),
    ),
  ];
}

/** The courier, what it takes and what it brings away. */
export function planCourier(
  context: PlanContext,
  migration: string,
): PlannedAction[] {
  const { order, pod, config, inventory } = context;
  const { cluster, owner } = inventory.source;
  const { namespace, pod: name } = order;
  const repository = `${config.registry.host}/${checkpointRepository(
    config.registry.prefix,
    { cluster, namespace, workload: owner?.name ?? name },
  )}`;
  const task = buildCheckpointTask({
    migration,
    order,
    config,
    pod,
    owner,
    node: inventory.source.node,
  });
  const job = buildCourierJob(config, task, pod.spec?.nodeName ?? '');
  const { containers, volumes = [] } = task;
  const push = (image: string, description: string): PlannedAction => ({
    step: 'checkpoint',
    verb: 'push',
    kind: 'Image',
    name: image,
    description,
    isUndone: false,
  });
  return [
    {
      step: 'checkpoint',
      verb: 'create',
      cluster,
      kind: 'Job',
      namespace: job.metadata!.namespace,
      name: job.metadata!.name!,
      description: `Send the courier to ${pod.spec?.nodeName}`,
      isUndone: true,
      manifest: toYaml('Job', job),
    },
    ...containers.map(
      (container): PlannedAction => ({
        step: 'checkpoint',
        verb: 'checkpoint',
        cluster,
        kind: 'Pod',
        namespace,
        name,
        description: `Freeze the container ${container} for a moment and copy its processes; it runs on afterwards`,
        isUndone: false,
      }),
    ),
    ...containers.map(container =>
      push(
        `${repository}:${checkpointTag(migration, container)}`,
        `The checkpoint of ${container}`,
      ),
    ),
    ...volumes.map(volume =>
      push(
        `${repository}:${volumeTag(migration, volume.name)}`,
        `The files of the volume ${volume.name}`,
      ),
    ),
    ...(task.report ? containers : []).map(container =>
      push(
        `${repository}:${reportTag(migration, container)}`,
        `What is found in the checkpoint of ${container}`,
      ),
    ),
  ];
}

/** What is done to the source as soon as the evidence is safe. */
export function planContainment(
  { order, inventory, pod }: PlanContext,
  migration: string,
): PlannedAction[] {
  const { cluster } = inventory.source;
  const { namespace, pod: name } = order;
  const common = {
    step: 'checkpoint',
    cluster,
    namespace,
    isUndone: false,
  } as const;
  if (order.contain === 'delete') {
    return [
      {
        ...common,
        verb: 'delete',
        kind: 'Pod',
        name,
        description: 'Delete the source pod once its checkpoint is stored',
      },
    ];
  }
  if (order.contain !== 'isolate') return [];
  const { policy } = buildIsolation(migration, pod.metadata!.namespace!);
  return [
    {
      ...common,
      verb: 'create',
      kind: 'NetworkPolicy',
      name: policy.metadata!.name!,
      description:
        'Forbid the source pod all traffic once its checkpoint is stored',
      manifest: toYaml('NetworkPolicy', policy),
    },
    {
      ...common,
      verb: 'change',
      kind: 'Pod',
      name,
      description: 'Give it the label that the policy selects',
    },
  ];
}

/** The restored pod as far as it is known before there is a checkpoint: digests are noughts. */
export function planRestoredPod(context: TargetContext, migration: string) {
  const { order, config, pod, inventory, target } = context;
  const { cluster, owner, workload, checkpoints } = inventory.source;
  const repository = checkpointRepository(config.registry.prefix, {
    cluster,
    namespace: order.namespace,
    workload: owner?.name ?? order.pod,
  });
  const stored = new Map(checkpoints?.map(c => [c.container, c.image]));
  return assembleRestoredPod({
    migration,
    order,
    config,
    source: pod,
    images: Object.fromEntries(
      travellersOf(order, pod).map(container => [
        container,
        stored.get(container) ??
          `${config.registry.host}/${repository}@${NOT_YET}`,
      ]),
    ),
    repository,
    volumes:
      order.mode === 'restore'
        ? inventory.source.volumes ?? []
        : travellingVolumes(order, config, pod).map(name => ({
            name,
            digest: NOT_YET,
          })),
    withheldLabels: withheldLabels(order, owner, workload),
    space: valueOf(target.namespace),
  });
}
