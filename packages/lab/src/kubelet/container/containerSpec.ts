import { createHash, randomBytes } from 'node:crypto';
import { promises as fs } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import type { KubeObject } from '../../api/ClusterStore';
import type { StoredImage } from '../../images/StoredImage';
import type {
  ContainerMount,
  ContainerSpec,
  Sandbox,
} from '../../runtime/ContainerRuntime';
import type { NodeContext } from '../NodeContext';
import type { NodePath } from '../NodePaths';
import {
  ContainerConfigError,
  expand,
  resolveEnvironment,
} from './environment';

const DEFAULT_MESSAGE_PATH = '/dev/termination-log';

/** What a container of a pod is made of. */
export interface ContainerIngredients {
  pod: KubeObject;
  /** The container in the pod's spec. */
  container: any;
  attempt: number;
  image: StoredImage;
  sandbox: Sandbox;
  /** The pod's volumes by name. */
  volumes: Map<string, NodePath>;
}

/** The container as the runtime is asked for it, and where its termination message will be. */
export async function composeContainer(
  node: NodeContext,
  ingredients: ContainerIngredients,
): Promise<{ spec: ContainerSpec; messagePath: string }> {
  const { pod, container, attempt, image, sandbox, volumes } = ingredients;
  const environment = resolveEnvironment(pod, container, {
    store: node.store,
    apiServer: node.cluster.apiServer,
    hostIP: node.nodeAddress,
    podIP: sandbox.address,
  });
  const variables = new Map(
    environment.map(({ name, value }) => [name, value]),
  );
  const expandAll = (texts: string[] = []) =>
    texts.map(text => expand(text, variables));

  const { uid, name: podName, namespace = '' } = pod.metadata;
  const messagePath = container.terminationMessagePath ?? DEFAULT_MESSAGE_PATH;
  const hosts = await writeHosts(node, pod, sandbox);
  const message = await createMessageFile(node, uid, container.name);
  const log = node.paths.at(
    posix.join(
      node.paths.podLogs(namespace, podName, uid).nodePath,
      container.name,
      `${attempt}.log`,
    ),
  );
  return {
    messagePath: message.hostPath,
    spec: {
      sandboxId: sandbox.id,
      name: container.name,
      attempt,
      image: { ...image, reference: container.image },
      command: expandAll(container.command),
      args: expandAll(container.args),
      environment,
      workingDirectory: container.workingDir,
      mounts: [
        ...(await mountVolumes(container, volumes)),
        { ...hosts, containerPath: '/etc/hosts', readOnly: false },
        { ...message, containerPath: messagePath, readOnly: false },
      ],
      logPath: log.hostPath,
      nodeLogPath: log.nodePath,
      annotations: {
        'io.kubernetes.container.hash': hashOf(container),
        'io.kubernetes.container.restartCount': `${attempt}`,
        'io.kubernetes.container.terminationMessagePath': messagePath,
        'io.kubernetes.container.terminationMessagePolicy':
          container.terminationMessagePolicy ?? 'File',
        'io.kubernetes.pod.terminationGracePeriod': `${
          pod.spec.terminationGracePeriodSeconds ?? 30
        }`,
      },
      securityContext: {
        ...pod.spec.securityContext,
        ...container.securityContext,
      },
    },
  };
}

async function mountVolumes(
  container: any,
  volumes: Map<string, NodePath>,
): Promise<ContainerMount[]> {
  const mounts: ContainerMount[] = [];
  for (const {
    name,
    mountPath,
    readOnly = false,
    subPath,
  } of container.volumeMounts ?? []) {
    const volume = volumes.get(name);
    if (!volume) {
      throw new ContainerConfigError(
        `cannot find volume "${name}" to mount into container "${container.name}"`,
      );
    }
    const below = subPath ? posix.resolve('/', subPath) : '';
    const hostPath = join(volume.hostPath, below);
    if (below) {
      await fs.mkdir(hostPath, { recursive: true });
    }
    mounts.push({
      containerPath: mountPath.replace(/(.)\/+$/, '$1'),
      hostPath,
      nodePath: volume.nodePath + below,
      readOnly,
    });
  }
  return mounts;
}

async function writeHosts(
  { paths }: NodeContext,
  pod: KubeObject,
  sandbox: Sandbox,
): Promise<NodePath> {
  const file = paths.at(`${paths.pod(pod.metadata.uid).nodePath}/etc-hosts`);
  await fs.mkdir(dirname(file.hostPath), { recursive: true });
  await fs.writeFile(
    file.hostPath,
    `# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n${sandbox.address}\t${sandbox.spec.hostname}\n`,
  );
  return file;
}

async function createMessageFile(
  { paths }: NodeContext,
  podUid: string,
  container: string,
): Promise<NodePath> {
  const file = paths.at(
    `${paths.pod(podUid).nodePath}/containers/${container}/${randomBytes(
      4,
    ).toString('hex')}`,
  );
  await fs.mkdir(dirname(file.hostPath), { recursive: true });
  await fs.writeFile(file.hostPath, '', { mode: 0o666 });
  return file;
}

function hashOf(container: any): string {
  return createHash('sha256')
    .update(JSON.stringify(container))
    .digest('hex')
    .slice(0, 8);
}
