import { EventEmitter, once } from 'node:events';
import { ClusterApiError } from '../ClusterApiError';
import {
  ClusterClient,
  DeleteOptions,
  Selection,
  WatchEvent,
} from '../ClusterClient';
import { Kind, Kinds, ObjectKey, pathOf } from '../kinds';

/** A cluster without controllers and nodes: objects, versions, preconditions and watches. */
export class MemoryCluster implements ClusterClient {
  /** Refuses what it returns a word for, as RBAC or a conflict would. */
  refuse: (verb: string, path: string) => string | undefined = () => undefined;
  /** What it throws instead of an answer: to `before`, nothing was done yet; to `after`, it was. */
  interrupt: (
    verb: string,
    path: string,
    when: 'before' | 'after',
  ) => Error | undefined = () => undefined;
  readonly changes: string[] = [];
  private readonly objects = new Map<string, Kinds[Kind]>();
  private readonly listeners = new Set<
    (path: string, event: WatchEvent<any>) => void
  >();
  private version = 0;

  constructor(readonly cluster: string) {}

  async getVersion() {
    return 'v1.36.2';
  }

  async get<K extends Kind>(kind: K, key: ObjectKey) {
    const path = this.enter('get', kind, key);
    return structuredClone(this.objects.get(path)) as Kinds[K] | undefined;
  }

  async exists(kind: Kind, key: ObjectKey) {
    return this.objects.has(this.enter('get', kind, key));
  }

  async list<K extends Kind>(kind: K, selection: Selection = {}) {
    const { namespace } = selection;
    const path = this.enter('list', kind, { namespace });
    return [...this.objects]
      .filter(
        ([key, object]) =>
          key.startsWith(`${path}/`) && isSelected(object, selection),
      )
      .map(([, object]) => structuredClone(object) as Kinds[K]);
  }

  async create<K extends Kind>(kind: K, object: Kinds[K]) {
    const key = object.metadata as ObjectKey;
    const path = this.enter('create', kind, key);
    if (this.objects.has(path)) {
      throw new ClusterApiError(this.cluster, 409, 'AlreadyExists', path);
    }
    const created = structuredClone(object);
    created.metadata!.uid = `uid-${this.version + 1}`;
    this.put(path, 'ADDED', created);
    this.leave('create', path);
    return structuredClone(created);
  }

  async patch<K extends Kind>(kind: K, key: ObjectKey, patch: object) {
    const path = this.enter('patch', kind, key);
    const object = this.objects.get(path);
    if (!object) throw new ClusterApiError(this.cluster, 404, 'NotFound', path);
    if (Array.isArray(patch)) {
      const patched = jsonPatch(structuredClone(object), patch);
      if (!patched) {
        throw new ClusterApiError(this.cluster, 422, 'Invalid', path);
      }
      this.put(path, 'MODIFIED', patched);
      this.leave('patch', path);
      return structuredClone(patched) as Kinds[K];
    }
    const { resourceVersion } = (patch as Kinds[K]).metadata ?? {};
    if (
      resourceVersion &&
      resourceVersion !== object.metadata!.resourceVersion
    ) {
      throw new ClusterApiError(this.cluster, 409, 'Conflict', path);
    }
    const patched = mergePatch(structuredClone(object), patch) as Kinds[K];
    this.put(path, 'MODIFIED', patched);
    this.leave('patch', path);
    return structuredClone(patched);
  }

  async delete(kind: Kind, key: ObjectKey, options: DeleteOptions = {}) {
    const path = this.enter('delete', kind, key);
    const object = this.objects.get(path);
    if (!object || (options.uid && object.metadata!.uid !== options.uid)) {
      return false;
    }
    this.objects.delete(path);
    this.changes.push(`delete ${path}`);
    this.tell(path, { type: 'DELETED', object });
    this.leave('delete', path);
    return true;
  }

  async *watch<K extends Kind>(
    kind: K,
    selection: Selection,
    signal: AbortSignal,
  ) {
    const prefix = `${pathOf(kind, { namespace: selection.namespace })}/`;
    const events: WatchEvent<Kinds[K]>[] = [];
    const arrival = new EventEmitter();
    const listener = (path: string, event: WatchEvent<Kinds[K]>) => {
      if (path.startsWith(prefix) && isSelected(event.object, selection)) {
        events.push(event);
        arrival.emit('event');
      }
    };
    this.listeners.add(listener);
    try {
      yield {
        type: 'LISTED' as const,
        objects: await this.list(kind, selection),
      };
      while (!signal.aborted) {
        if (events.length > 0) {
          yield events.shift()!;
        } else {
          await once(arrival, 'event', { signal }).catch(() => {});
        }
      }
    } finally {
      this.listeners.delete(listener);
    }
  }

  async *followLog(): AsyncGenerator<string> {
    yield* [];
  }

  private enter(
    verb: string,
    kind: Kind,
    key: { namespace?: string; name?: string },
  ) {
    const path = pathOf(kind, key);
    const interruption = this.interrupt(verb, path, 'before');
    if (interruption) throw interruption;
    const reason = this.refuse(verb, path);
    if (reason) {
      throw new ClusterApiError(this.cluster, 403, reason, `${verb} ${path}`);
    }
    return path;
  }

  private leave(verb: string, path: string) {
    const interruption = this.interrupt(verb, path, 'after');
    if (interruption) throw interruption;
  }

  private put(path: string, type: 'ADDED' | 'MODIFIED', object: Kinds[Kind]) {
    this.version += 1;
    object.metadata!.resourceVersion = String(this.version);
    this.objects.set(path, object);
    this.changes.push(`${type === 'ADDED' ? 'create' : 'patch'} ${path}`);
    this.tell(path, { type, object });
  }

  private tell(path: string, event: WatchEvent<any>) {
    for (const listener of this.listeners) {
      listener(path, structuredClone(event));
    }
  }
}

/** Without a value, any will do. */
function isLabelled({ metadata }: Kinds[Kind], label: string, value?: string) {
  const found = metadata?.labels?.[label];
  return value === undefined ? found !== undefined : found === value;
}

function isSelected(object: Kinds[Kind], selection: Selection) {
  const { fieldSelector, labelSelector } = selection;
  const [label, value] = labelSelector?.split('=') ?? [];
  const [field, wanted] = fieldSelector?.split('=') ?? [];
  const found = field
    ?.split('.')
    .reduce<any>((part, name) => part?.[name], object);
  return (
    (!field || found === wanted) && (!label || isLabelled(object, label, value))
  );
}

/** RFC 6902, as far as it is used here; undefined where a test fails. */
function jsonPatch(
  object: any,
  operations: { op: string; path: string; value?: unknown }[],
): any {
  for (const { op, path, value } of operations) {
    const keys = path.slice(1).split('/');
    const last = keys.pop()!;
    const parent = keys.reduce((found, key) => found[key], object);
    if (op === 'test' && JSON.stringify(parent[last]) !== JSON.stringify(value))
      return undefined;
    if (op === 'replace' || (op === 'add' && !Array.isArray(parent)))
      parent[last] = value;
    if (op === 'add' && Array.isArray(parent))
      parent.splice(last === '-' ? parent.length : Number(last), 0, value);
    if (op === 'remove') delete parent[last];
  }
  return object;
}

/** RFC 7386. */
function mergePatch(target: any, patch: any): any {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) {
    return patch;
  }
  const merged = { ...target };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = mergePatch(merged[key], value);
  }
  return merged;
}
