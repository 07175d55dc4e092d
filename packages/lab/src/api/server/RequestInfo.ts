/** What a path asks for, in Kubernetes' terms. */
export interface RequestInfo {
  /** `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`. */
  verb: string;
  group: string;
  version: string;
  /** Plural name. */
  resource: string;
  namespace?: string;
  name?: string;
  subresource?: string;
  /** What follows the subresource, for example the path behind `nodes/x/proxy/`. */
  rest: string;
}

const VERBS: Record<string, string> = {
  GET: 'get',
  HEAD: 'get',
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};

/** Reads a request for a resource; undefined for any other path (discovery, health ...). */
export function parseRequestInfo(
  method: string,
  url: URL,
): RequestInfo | undefined {
  const segments = url.pathname.split('/').slice(1).map(decodeURIComponent);
  const group = segments[0] === 'apis' ? segments[1] : '';
  const [version, ...path] = segments.slice(segments[0] === 'apis' ? 2 : 1);
  const isResource =
    (segments[0] === 'api' || segments[0] === 'apis') &&
    version &&
    path.length > 0 &&
    path[0] !== '';
  if (!isResource) {
    return undefined;
  }
  // `namespaces/x` is a namespace itself, `namespaces/x/pods` what is in it.
  const isInNamespace =
    path[0] === 'namespaces' &&
    path.length > 2 &&
    !['status', 'finalize'].includes(path[2]);
  const namespace = isInNamespace ? path[1] : undefined;
  const [resource, name, subresource, ...rest] = isInNamespace
    ? path.slice(2)
    : path;
  return {
    verb: chooseVerb(method, Boolean(name), url.searchParams),
    group,
    version,
    resource,
    namespace,
    name: name || nameInFieldSelector(url.searchParams),
    subresource,
    rest: rest.map(encodeURIComponent).join('/'),
  };
}

function chooseVerb(
  method: string,
  isNamed: boolean,
  query: URLSearchParams,
): string {
  const verb = VERBS[method] ?? method.toLowerCase();
  if (verb === 'get' && isFlag(query, 'watch')) {
    return 'watch';
  }
  if (isNamed) {
    return verb;
  }
  return { get: 'list', delete: 'deletecollection' }[verb] ?? verb;
}

/** A list or watch of one name counts as a request for that name, so that roles can limit it. */
function nameInFieldSelector(query: URLSearchParams): string | undefined {
  return /(?:^|,)metadata\.name==?([^,]+)/.exec(
    query.get('fieldSelector') ?? '',
  )?.[1];
}

export function isFlag(query: URLSearchParams, name: string): boolean {
  const value = query.get(name);
  return value === '1' || value === 'true';
}
