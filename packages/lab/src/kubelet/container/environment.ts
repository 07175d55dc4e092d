import type { ClusterStore, KubeObject } from '../../api/ClusterStore';
import { fieldValue, PodPlace } from './fieldValue';

/** The container cannot be made as it is written; the message is what the kubelet says. */
export class ContainerConfigError extends Error {}

export interface Variable {
  name: string;
  value: string;
}

interface Surroundings extends PodPlace {
  store: ClusterStore;
  apiServer: { host: string; port: number };
}

/** A container's variables in the order of the kubelet: services, `envFrom`, `env`; `$(NAME)` of earlier ones expanded. */
export function resolveEnvironment(
  pod: KubeObject,
  container: any,
  surroundings: Surroundings,
): Variable[] {
  const variables = new Map<string, string>();
  for (const { name, value } of serviceVariables(pod, surroundings)) {
    variables.set(name, value);
  }
  for (const { prefix = '', configMapRef, secretRef } of container.envFrom ??
    []) {
    const data = configMapRef
      ? readObject(pod, 'ConfigMap', configMapRef, surroundings)
      : readObject(pod, 'Secret', secretRef, surroundings);
    for (const [key, value] of Object.entries(data ?? {})) {
      variables.set(`${prefix}${key}`, value);
    }
  }
  for (const { name, value, valueFrom } of container.env ?? []) {
    const resolved = valueFrom
      ? resolveReference(pod, valueFrom, surroundings)
      : expand(value ?? '', variables);
    if (resolved !== undefined) {
      variables.set(name, resolved);
    }
  }
  return [...variables].map(([name, value]) => ({ name, value }));
}

/** Replaces `$(NAME)` by the variable's value; `$$` stands for `$`, unknown names stay as they are. */
export function expand(text: string, variables: Map<string, string>): string {
  return text.replace(/\$(\$|\(([^)]*)\))/g, (match, what, name) =>
    what === '$' ? '$' : variables.get(name) ?? match,
  );
}

function resolveReference(
  pod: KubeObject,
  { fieldRef, configMapKeyRef, secretKeyRef, resourceFieldRef }: any,
  surroundings: Surroundings,
): string | undefined {
  if (fieldRef) {
    return fieldValue(pod, fieldRef.fieldPath, surroundings);
  }
  if (resourceFieldRef) {
    throw new ContainerConfigError(
      'resourceFieldRef is not supported by the lab',
    );
  }
  const kind = configMapKeyRef ? 'ConfigMap' : 'Secret';
  const reference = configMapKeyRef ?? secretKeyRef;
  const data = readObject(pod, kind, reference, surroundings);
  const value = data?.[reference.key];
  if (value === undefined && !reference.optional) {
    throw new ContainerConfigError(
      `couldn't find key ${reference.key} in ${kind} ${pod.metadata.namespace}/${reference.name}`,
    );
  }
  return value;
}

function readObject(
  pod: KubeObject,
  kind: 'ConfigMap' | 'Secret',
  { name, optional }: { name: string; optional?: boolean },
  { store }: Surroundings,
): Record<string, string> | undefined {
  const object = store.get(kind, pod.metadata.namespace, name);
  if (!object) {
    if (optional) {
      return undefined;
    }
    throw new ContainerConfigError(`${kind.toLowerCase()} "${name}" not found`);
  }
  return readData(object);
}

/** The data of a ConfigMap or Secret as text. */
function readData({ kind, data = {} }: KubeObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries<string>(data).map(([key, value]) => [
      key,
      kind === 'Secret' ? Buffer.from(value, 'base64').toString() : value,
    ]),
  );
}

function serviceVariables(
  pod: KubeObject,
  { store, apiServer }: Surroundings,
): Variable[] {
  // Pods reach the API server where it really listens: there is no kube-proxy that would give it a service's address.
  const variables = variablesOf('KUBERNETES', apiServer.host, [
    { name: 'https', port: apiServer.port },
  ]);
  if (pod.spec.enableServiceLinks === false) {
    return variables;
  }
  for (const { metadata, spec } of store.list(
    'Service',
    pod.metadata.namespace,
  )) {
    if (
      metadata.name !== 'kubernetes' &&
      spec.clusterIP &&
      spec.clusterIP !== 'None'
    ) {
      const prefix = metadata.name.toUpperCase().replaceAll('-', '_');
      variables.push(...variablesOf(prefix, spec.clusterIP, spec.ports ?? []));
    }
  }
  return variables;
}

/** As pkg/kubelet/envvars/envvars.go names them. */
function variablesOf(
  prefix: string,
  host: string,
  ports: { name?: string; port: number; protocol?: string }[],
): Variable[] {
  if (ports.length === 0) {
    return [];
  }
  const [first] = ports;
  const urlOf = ({ port, protocol = 'TCP' }: typeof first) =>
    `${protocol.toLowerCase()}://${host}:${port}`;
  return [
    { name: `${prefix}_SERVICE_HOST`, value: host },
    { name: `${prefix}_SERVICE_PORT`, value: `${first.port}` },
    ...ports
      .filter(({ name }) => name)
      .map(({ name, port }) => ({
        name: `${prefix}_SERVICE_PORT_${name!
          .toUpperCase()
          .replaceAll('-', '_')}`,
        value: `${port}`,
      })),
    { name: `${prefix}_PORT`, value: urlOf(first) },
    ...ports.flatMap(port => {
      const protocol = port.protocol ?? 'TCP';
      const base = `${prefix}_PORT_${port.port}_${protocol}`;
      return [
        { name: base, value: urlOf(port) },
        { name: `${base}_PROTO`, value: protocol.toLowerCase() },
        { name: `${base}_PORT`, value: `${port.port}` },
        { name: `${base}_ADDR`, value: host },
      ];
    }),
  ];
}
