import { LABEL_MIGRATION } from '@cubemig/plugin-cubemig-common';
import { amend, KubeStatefulSet, waitFor } from '../../../clusters';
import { ProblemError } from '../../../failures';
import { requireSelected } from '../../objects';
import type { Finding, TargetContext } from '../../plan';
import { forgetScalings, replicasOf, scaleOnce, workloadIn } from '../replicas';
import { creation, scaling } from './actions';
import { addLabels, awaitAdoption, patience } from './adoption';
import { findingOf } from './findingOf';
import { WorkloadStrategy } from './WorkloadStrategy';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * The pod of a StatefulSet. Of all ways that were tried on real clusters one alone keeps the state: the StatefulSet comes to the restored pod
 * with `OnDelete` and adopts it, the pod gets the revision's label, and only then the update strategy is what it was. Under RollingUpdate,
 * or where a StatefulSet stood at no replicas, the pod is replaced.
 */
export const statefulSet: WorkloadStrategy = {
  inspect(context) {
    return [
      ...findingOf(context, () => requirePlace(context)),
      ...inspectService(context),
    ];
  },

  plan(context, migration) {
    const { source } = context.inventory;
    const { name } = source.owner!;
    const { cluster, namespace, pod } = context.place;
    return [
      creation(
        cluster,
        'StatefulSet',
        buildStatefulSet(
          source.workload as KubeStatefulSet,
          { namespace, pod },
          migration,
        ),
        {
          description: `Make the StatefulSet ${name}, which adopts the restored pod; it updates by OnDelete until it has`,
        },
      ),
      scaling(source.cluster, {
        kind: 'StatefulSet',
        namespace: context.order.namespace,
        name,
        by: -1,
      }),
    ];
  },

  async join(run, source) {
    const client = await run.target();
    const { namespace, pod } = run.destination;
    const workload = run.facts.workload as KubeStatefulSet;
    requireSelected(
      'StatefulSet',
      workload.metadata!.name!,
      workload.spec!.selector,
      source,
    );
    const made = await run.make(
      client,
      'StatefulSet',
      buildStatefulSet(workload, { namespace, pod }, run.migration.id),
    );
    const name = made.metadata!.name!;
    await awaitAdoption(run, client, { kind: 'StatefulSet', name });
    const revision = await waitFor(
      client,
      'StatefulSet',
      { namespace, name },
      { ...patience(run), what: `The revision of StatefulSet ${name}` },
      ([found]) => found?.status?.updateRevision,
    );
    await addLabels(run, client, { 'controller-revision-hash': revision });
    await amend(
      client,
      'StatefulSet',
      { namespace, name, uid: made.metadata!.uid },
      () => ({ spec: { updateStrategy: workload.spec!.updateStrategy } }),
    );
  },

  async release(run, client) {
    await scaleOnce(run, client, workloadIn(run, 'source'), -1);
  },

  settle: forgetScalings,
};

function requirePlace({ inventory, target, pod, order }: TargetContext) {
  const { owner, workload, cluster } = inventory.source;
  const { name } = owner!;
  if (!workload) {
    throw new ProblemError({
      code: 'statefulset-gone',
      message: `The pod's StatefulSet '${name}' is being deleted.`,
      remedy: 'Let it end, or create it again.',
    });
  }
  const source = workload as KubeStatefulSet;
  const highest = ordinalStart(source) + replicasOf(source) - 1;
  if (ordinalOf(pod.metadata!.name!) !== highest) {
    throw new ProblemError({
      code: 'not-highest-ordinal',
      message: `In '${cluster}' the StatefulSet '${name}' always drops its highest ordinal, '${name}-${highest}', not '${order.pod}'.`,
      remedy: `Move '${name}-${highest}' first, or scale the StatefulSet down to this pod; the modes copy and checkpoint take any of its pods.`,
    });
  }
  if (target.workload && !target.workload.isReadable) {
    throw new ProblemError(target.workload.problem);
  }
  if (target.workload?.value) {
    throw new ProblemError({
      code: 'statefulset-present',
      message: `The target has a StatefulSet '${name}' already; a StatefulSet that stands replaces the pod or deletes it, and its state is lost.`,
      remedy:
        'Delete it in the target if nobody needs it; otherwise choose the mode copy.',
    });
  }
  requireSelected('StatefulSet', name, source.spec!.selector, pod);
}

function inspectService({
  inventory,
  target,
  place,
}: TargetContext): Finding[] {
  const { spec } = (inventory.source.workload ?? {}) as KubeStatefulSet;
  const { hasService } = target;
  if (!spec?.serviceName || !hasService?.isReadable || hasService.value) {
    return [];
  }
  return [
    {
      isBlocker: false,
      finding: {
        code: 'service-missing',
        message: `The target has no Service '${spec.serviceName}', which gives the StatefulSet's pods their names.`,
        remedy: `Create it in '${place.namespace}' if other programs look the pod up by name.`,
        cluster: target.cluster,
        object: `Service ${place.namespace}/${spec.serviceName}`,
      },
    },
  ];
}

/** The source's StatefulSet as the target gets it: for this one pod, whatever its ordinal. */
function buildStatefulSet(
  { metadata, spec }: KubeStatefulSet,
  place: { namespace: string; pod: string },
  migration: string,
): KubeStatefulSet {
  const { [LAST_APPLIED]: _, ...annotations } = metadata!.annotations ?? {};
  const start = ordinalOf(place.pod);
  return {
    metadata: {
      name: metadata!.name,
      namespace: place.namespace,
      labels: { ...metadata!.labels, [LABEL_MIGRATION]: migration },
      annotations,
    },
    spec: {
      ...spec!,
      replicas: 1,
      ordinals: start > 0 ? { start } : undefined,
      updateStrategy: { type: 'OnDelete' },
      // Filled in by the API server, and refused where they do not fit the target's storage.
      volumeClaimTemplates: spec!.volumeClaimTemplates?.map(
        ({ status, ...template }) => template,
      ),
    },
  };
}

function ordinalStart({ spec }: KubeStatefulSet) {
  return spec?.ordinals?.start ?? 0;
}

function ordinalOf(pod: string): number {
  return Number(/-(\d+)$/.exec(pod)?.[1] ?? NaN);
}
