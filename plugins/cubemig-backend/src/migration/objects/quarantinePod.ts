import { LABEL_MIGRATION } from '@cubemig/plugin-cubemig-common';
import { Kind, Kinds, KubePod } from '../../clusters';
import { quarantineName } from './names';
import { Twins } from './Twins';

const TOKEN_DIRECTORY = '/var/run/secrets/kubernetes.io/serviceaccount';
const TOKEN_VOLUME = 'cubemig-no-token';

/** An object that is made before the pod and for it. */
export type Companion = {
  [K in Kind]: { kind: K; object: Kinds[K] };
}[Kind];

/**
 * A pod from which nothing can be reached and in which nothing is known: no traffic in or out, a ServiceAccount without rights and without
 * a token, and empty twins in place of every Secret, ConfigMap and foreign volume. The twins have names of their own, so that
 * whatever lies in the namespace already is not touched, and not mounted.
 */
export function quarantinePod(
  pod: KubePod,
  migration: string,
): { pod: KubePod; companions: Companion[] } {
  const name = quarantineName(migration);
  const namespace = pod.metadata!.namespace!;
  const labels = { [LABEL_MIGRATION]: migration };
  const twins = new Twins(name);
  const mountsToken = pod.spec!.automountServiceAccountToken === true;
  const volumes = (pod.spec!.volumes ?? []).map(volume => twins.empty(volume));
  const containers = pod.spec!.containers.map(c => twins.deprive(c));
  const initContainers = pod.spec!.initContainers?.map(c => twins.deprive(c));
  const tokenMount = {
    name: TOKEN_VOLUME,
    mountPath: TOKEN_DIRECTORY,
    readOnly: true,
  };
  const metadata = (own: string) => ({ name: own, namespace, labels });
  return {
    pod: {
      ...pod,
      spec: {
        ...pod.spec!,
        serviceAccountName: name,
        automountServiceAccountToken: false,
        volumes: [
          ...volumes,
          ...(mountsToken ? [{ name: TOKEN_VOLUME, emptyDir: {} }] : []),
        ],
        initContainers,
        // The dump expects a mount where the token was.
        containers: containers.map(container => ({
          ...container,
          volumeMounts: [
            ...(container.volumeMounts ?? []),
            ...(mountsToken ? [tokenMount] : []),
          ],
        })),
      },
    },
    companions: [
      {
        kind: 'NetworkPolicy',
        object: {
          metadata: metadata(name),
          spec: {
            podSelector: { matchLabels: labels },
            policyTypes: ['Ingress', 'Egress'],
          },
        },
      },
      {
        kind: 'ServiceAccount',
        object: {
          metadata: metadata(name),
          automountServiceAccountToken: false,
        },
      },
      ...twins.all.map(
        ({ name: own, keys }): Companion => ({
          kind: 'ConfigMap',
          object: {
            metadata: metadata(own),
            data: Object.fromEntries([...keys].map(key => [key, ''])),
          },
        }),
      ),
    ],
  };
}
