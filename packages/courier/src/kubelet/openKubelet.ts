import { isIPv6 } from 'node:net';
import { CheckpointTask } from '@cubemig/plugin-cubemig-common';
import { BadRequest } from '../readRequest';
import { Surroundings } from '../Surroundings';
import { KubeletClient } from './KubeletClient';

/** The kubelet of the courier's own node, asked in the way that the request wants. To be closed. */
export async function openKubelet(
  kubelet: CheckpointTask['kubelet'],
  { env, files, redactor }: Surroundings,
): Promise<KubeletClient> {
  const isDirect = kubelet.via !== 'api-server';
  const url = isDirect ? nodeUrl(kubelet.port, env) : proxyUrl(env);
  const token = await files.readToken();
  redactor.add(token);
  const isVerified = !(isDirect && kubelet.skipTlsVerify);
  return new KubeletClient({
    url,
    token,
    ca: isVerified ? await files.readClusterCa() : undefined,
    timeoutSeconds: kubelet.timeoutSeconds,
  });
}

function nodeUrl(port: number, { HOST_IP: host }: NodeJS.ProcessEnv): string {
  if (!host) {
    throw new BadRequest('HOST_IP is not set (downward API: status.hostIP)');
  }
  return `https://${bracket(host)}:${port}`;
}

/** Kubernetes tells every pod where its API server is. */
function proxyUrl(env: NodeJS.ProcessEnv): string {
  const { NODE_NAME: node, KUBERNETES_SERVICE_HOST: host } = env;
  if (!node || !host) {
    throw new BadRequest(
      'NODE_NAME (downward API: spec.nodeName) or KUBERNETES_SERVICE_HOST is not set',
    );
  }
  const port = env.KUBERNETES_SERVICE_PORT ?? '443';
  const name = encodeURIComponent(node);
  return `https://${bracket(host)}:${port}/api/v1/nodes/${name}/proxy`;
}

function bracket(host: string): string {
  return isIPv6(host) ? `[${host}]` : host;
}
