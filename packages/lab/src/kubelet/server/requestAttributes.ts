import type { ResourceAttributes } from '../../api/ClusterAccess';

const verbs: Record<string, string> = {
  POST: 'create',
  GET: 'get',
  HEAD: 'get',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};

/** Paths that a right of their own opens, beside `nodes/proxy` (KubeletFineGrainedAuthz). */
const fineGrained: [path: RegExp, subresource: string][] = [
  [/^\/healthz(\/|$)/, 'healthz'],
  [/^\/pods(\/|$)/, 'pods'],
  [/^\/runningpods(\/|$)/, 'pods'],
  [/^\/configz(\/|$)/, 'configz'],
];

/** Paths that `nodes/proxy` does not open. */
const separate: [path: RegExp, subresource: string][] = [
  [/^\/checkpoint(\/|$)/, 'checkpoint'],
  [/^\/stats(\/|$)/, 'stats'],
  [/^\/metrics(\/|$)/, 'metrics'],
  [/^\/logs(\/|$)/, 'log'],
];

/**
 * The rights that a request to a kubelet needs, any one of them (pkg/kubelet/server/auth.go): a verb on a
 * subresource of the node.
 */
export function requestAttributes(
  method: string,
  path: string,
  nodeName: string,
): ResourceAttributes[] {
  const own = separate.find(([pattern]) => pattern.test(path));
  const fine = fineGrained.find(([pattern]) => pattern.test(path));
  let subresources = ['proxy'];
  if (own) {
    subresources = [own[1]];
  } else if (fine) {
    subresources = [fine[1], 'proxy'];
  }
  return subresources.map(subresource => ({
    verb: verbs[method] ?? '',
    group: '',
    resource: 'nodes',
    subresource,
    name: nodeName,
  }));
}
