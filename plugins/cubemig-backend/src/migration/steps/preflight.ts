import { ClusterClient, isRefusal, KubeNode, KubePod } from '../../clusters';
import { ProblemError } from '../../failures';
import { findObstacle, resolveOwner } from '../../pods';
import { MigrationRun } from '../MigrationRun';
import { Step } from '../Step';
import { checkTarget } from './checkTarget';
import { signerOf } from './signers';
import { containerStarts, readSourcePod } from './sourcePod';

const DEFAULT_KUBELET_PORT = 10250;

/** Finds out, before anything is touched, whether the migration can work. */
export const preflight: Step = {
  name: 'preflight',

  async run(run) {
    const source = await run.source();
    const { namespace } = run.migration.source;
    const pod = await readSourcePod(run);
    const [replicaSets, node] = await Promise.all([
      source.list('ReplicaSet', { namespace }),
      readNode(source, pod.spec!.nodeName!),
    ]);
    const owner = resolveOwner(pod, replicaSets);
    const obstacle = findObstacle(pod, owner, node);
    if (obstacle) throw new ProblemError(obstacle);
    await checkCourier(run, source);
    signerOf(run);

    await run.save(
      {
        source: {
          ...run.migration.source,
          uid: pod.metadata!.uid,
          node: pod.spec!.nodeName,
          owner,
        },
      },
      {
        owner,
        kubeletPort:
          node?.status?.daemonEndpoints?.kubeletEndpoint?.Port ??
          DEFAULT_KUBELET_PORT,
        architecture: node?.status?.nodeInfo?.architecture ?? 'amd64',
        sourceStarts: containerStarts(pod),
      },
    );
    for (const warning of [
      ...findLosses(pod),
      ...(await checkTarget(run, pod)),
    ]) {
      await run.warn(warning);
    }
    await run.note(
      `${namespace}/${pod.metadata!.name} runs on ${
        pod.spec!.nodeName
      } and can be migrated`,
    );
  },
};

/** Nodes may be closed to Backstage; then defaults must do. */
async function readNode(
  client: ClusterClient,
  name: string,
): Promise<KubeNode | undefined> {
  try {
    return await client.get('Node', { name });
  } catch (error) {
    if (isRefusal(error, 'Forbidden')) return undefined;
    throw error;
  }
}

async function checkCourier(run: MigrationRun, source: ClusterClient) {
  const { namespace, serviceAccount } = run.config.courier;
  const key = { namespace, name: serviceAccount };
  if (await source.exists('ServiceAccount', key)) return;
  throw new ProblemError({
    code: 'courier-not-installed',
    message: `The cluster '${source.cluster}' has no ServiceAccount '${serviceAccount}' in the namespace '${namespace}'.`,
    remedy: `Apply CubeMig's manifests (deploy/) to '${source.cluster}', or set cubemig.courier.namespace and .serviceAccount in app-config.`,
  });
}

/** What the restored pod will not have. */
function findLosses({ spec }: KubePod): string[] {
  const temporary = (spec?.volumes ?? [])
    .filter(volume => volume.emptyDir)
    .map(volume => `'${volume.name}'`);
  const claims = (spec?.volumes ?? [])
    .filter(volume => volume.persistentVolumeClaim)
    .map(volume => `'${volume.name}'`);
  return [
    temporary.length > 0 &&
      `The files in the emptyDir volumes ${temporary.join(
        ', ',
      )} stay behind; a process that holds one open cannot be restored.`,
    claims.length > 0 &&
      `The volumes ${claims.join(
        ', ',
      )} show what the target cluster's claims hold; their data is not carried over.`,
    (spec?.initContainers?.length ?? 0) > 0 &&
      'The init containers run again in the target.',
  ].filter(text => text !== false);
}
