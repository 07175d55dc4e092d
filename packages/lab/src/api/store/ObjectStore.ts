import { randomUUID } from 'node:crypto';
import {
  alreadyExists,
  badRequest,
  conflict,
  invalid,
  notFound,
} from '../ApiError';
import type {
  ClusterStore,
  KubeObject,
  ObjectDraft,
  WatchEvent,
} from '../ClusterStore';
import { behaviourOf } from '../kinds';
import {
  RESOURCE_TYPES,
  apiVersionOf,
  typeOfKind,
  type ResourceType,
} from '../resources';
import { WatchLog } from './WatchLog';
import { isSameJson, withoutUndefined } from './equality';
import { formatTime, generateName } from './names';
import { requireOpenNamespace } from './requireOpenNamespace';
import { findNameFault } from './validateName';

const REMEMBERED_CHANGES = 4096;

/** The finalizers by which the garbage collector learns what to do with an owner's dependents. */
const PROPAGATION_FINALIZERS = {
  Background: undefined,
  Foreground: 'foregroundDeletion',
  Orphan: 'orphan',
};

export interface WriteOptions {
  /** Checks everything, stores nothing. */
  dryRun?: boolean;
}

export interface DeleteOptions extends WriteOptions {
  uid?: string;
  resourceVersion?: string;
  gracePeriodSeconds?: number;
  propagationPolicy?: keyof typeof PROPAGATION_FINALIZERS;
}

/** A cluster's objects, in memory. */
export class ObjectStore implements ClusterStore {
  readonly log: WatchLog;
  private readonly tables = new Map(
    RESOURCE_TYPES.map(type => [type, new Map<string, KubeObject>()]),
  );
  private lastRevision = 1;

  constructor(options: {
    onListenerError: (error: unknown) => void;
    rememberedChanges?: number;
  }) {
    this.log = new WatchLog(
      options.rememberedChanges ?? REMEMBERED_CHANGES,
      options.onListenerError,
    );
  }

  /** The number of the last change, as lists carry it. */
  get revision(): number {
    return this.lastRevision;
  }

  get(kind: string, namespace: string | undefined, name: string) {
    const found = this.stored(typeOfKind(kind), namespace, name);
    return found && structuredClone(found);
  }

  /** In the order of namespaces and names. */
  list(kind: string, namespace?: string): KubeObject[] {
    return [...this.tables.get(typeOfKind(kind))!]
      .filter(
        ([, { metadata }]) =>
          namespace === undefined || metadata.namespace === namespace,
      )
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([, object]) => structuredClone(object));
  }

  create(draft: ObjectDraft, options: WriteOptions = {}): KubeObject {
    const type = typeOfKind(draft.kind);
    const behaviour = behaviourOf(type);
    const object = completeDraft(type, draft);
    const { name } = object.metadata;
    requireOpenNamespace(this, type, object.metadata);
    behaviour.applyDefaults?.(object);
    const nameFault = findNameFault(type, name);
    const causes = [
      ...(nameFault ? [nameFault] : []),
      ...(behaviour.validate?.(object) ?? []),
    ];
    if (causes.length > 0) {
      throw invalid(type, name ?? '', causes);
    }
    if (this.stored(type, object.metadata.namespace, name)) {
      throw alreadyExists(type, name);
    }
    behaviour.admit?.(object, this);
    behaviour.derive?.(object, formatTime());
    return options.dryRun ? object : this.commit(type, 'ADDED', object);
  }

  mutate(
    kind: string,
    namespace: string | undefined,
    name: string,
    change: (object: KubeObject) => void,
    options: { uid?: string } = {},
  ): KubeObject | undefined {
    const type = typeOfKind(kind);
    const previous = this.stored(type, namespace, name);
    if (!previous || (options.uid && previous.metadata.uid !== options.uid)) {
      return undefined;
    }
    const next = structuredClone(previous);
    change(next);
    return this.replace(type, previous, next);
  }

  /** Puts `next` in the place of what is stored, as a client may: checked against what its kind lets be changed. */
  update(next: KubeObject, options: WriteOptions = {}): KubeObject {
    const type = typeOfKind(next.kind);
    const { name, namespace, uid, resourceVersion } = next.metadata;
    const previous = this.stored(type, namespace, name);
    if (!previous) {
      throw notFound(type, name);
    }
    const stored = previous.metadata;
    if (uid && uid !== stored.uid) {
      throw conflict(
        type,
        name,
        `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${stored.uid}`,
      );
    }
    if (resourceVersion && resourceVersion !== stored.resourceVersion) {
      throw conflict(
        type,
        name,
        'the object has been modified; please apply your changes to the latest version and try again',
      );
    }
    const behaviour = behaviourOf(type);
    behaviour.applyDefaults?.(next);
    const causes = [
      ...(behaviour.validate?.(next) ?? []),
      ...(behaviour.validateUpdate?.(next, previous) ?? []),
    ];
    if (causes.length > 0) {
      throw invalid(type, name, causes);
    }
    next.metadata.deletionTimestamp = stored.deletionTimestamp;
    next.metadata.deletionGracePeriodSeconds =
      stored.deletionGracePeriodSeconds;
    return this.replace(type, previous, next, options);
  }

  /** Returns the object as it was last: gone, or marked as being deleted while something holds it. */
  delete(
    kind: string,
    namespace: string | undefined,
    name: string,
    options: DeleteOptions = {},
  ): KubeObject {
    const type = typeOfKind(kind);
    const previous = this.stored(type, namespace, name);
    if (!previous) {
      throw notFound(type, name);
    }
    requireDeletePreconditions(type, previous, options);
    const grace =
      behaviourOf(type).graceSeconds?.(previous, options.gracePeriodSeconds) ??
      0;
    const finalizer =
      PROPAGATION_FINALIZERS[options.propagationPolicy ?? 'Background'];
    const next = structuredClone(previous);
    markAsDeleted(next, grace, finalizer);
    return this.replace(type, previous, next, options);
  }

  subscribe(kind: string, onEvent: (event: WatchEvent) => void): () => void {
    const type = typeOfKind(kind);
    return this.log.listen(change => {
      if (change.type === type) {
        const object = structuredClone(change.object);
        onEvent({ type: change.event, object });
      }
    });
  }

  private replace(
    type: ResourceType,
    previous: KubeObject,
    changed: KubeObject,
    options: WriteOptions = {},
  ): KubeObject {
    behaviourOf(type).derive?.(changed, formatTime());
    const next = withoutUndefined(changed);
    const { name, namespace, uid, creationTimestamp, resourceVersion } =
      previous.metadata;
    Object.assign(next.metadata, { name, uid, creationTimestamp });
    Object.assign(next.metadata, { resourceVersion });
    if (namespace) {
      next.metadata.namespace = namespace;
    }
    const { generation } = previous.metadata;
    if (generation !== undefined) {
      next.metadata.generation =
        generation + (isSameOrder(previous, next) ? 0 : 1);
    }
    const isGone = isFreeToGo(type, next);
    if (!isGone && isSameJson(previous, next)) {
      return structuredClone(previous);
    }
    if (options.dryRun) {
      return next;
    }
    return this.commit(type, isGone ? 'DELETED' : 'MODIFIED', next, previous);
  }

  private commit(
    type: ResourceType,
    event: WatchEvent['type'],
    object: KubeObject,
    previous?: KubeObject,
  ): KubeObject {
    const revision = ++this.lastRevision;
    object.metadata.resourceVersion = String(revision);
    const table = this.tables.get(type)!;
    const key = keyOf(object.metadata.namespace, object.metadata.name);
    if (event === 'DELETED') {
      table.delete(key);
    } else {
      table.set(key, object);
    }
    this.log.append({ revision, type, event, object, previous });
    return structuredClone(object);
  }

  private stored(type: ResourceType, namespace: string | undefined, name = '') {
    return this.tables
      .get(type)!
      .get(keyOf(type.namespaced ? namespace : undefined, name));
  }
}

/** Whether nothing new is asked for. A pod's node is not an order but an answer: binding does not count as a generation. */
function isSameOrder(previous: KubeObject, next: KubeObject): boolean {
  const withoutNode = ({ spec }: KubeObject) => ({
    ...spec,
    nodeName: undefined,
  });
  return (
    isSameJson(withoutNode(previous), withoutNode(next)) &&
    previous.metadata.deletionTimestamp === next.metadata.deletionTimestamp
  );
}

function keyOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}

function completeDraft(type: ResourceType, draft: ObjectDraft): KubeObject {
  const { apiVersion: _, kind: __, metadata, ...rest } = draft;
  const {
    resourceVersion,
    deletionTimestamp: _deletionTimestamp,
    deletionGracePeriodSeconds: _deletionGracePeriodSeconds,
    namespace,
    ...given
  } = metadata ?? {};
  if (resourceVersion) {
    throw badRequest(
      'resourceVersion should not be set on objects to be created',
    );
  }
  return structuredClone(
    withoutUndefined({
      kind: type.kind,
      apiVersion: apiVersionOf(type),
      metadata: {
        ...given,
        name:
          given.name ||
          (given.generateName ? generateName(given.generateName) : ''),
        namespace: type.namespaced ? namespace : undefined,
        uid: randomUUID(),
        resourceVersion: '',
        generation: type.countsGenerations ? 1 : undefined,
        creationTimestamp: formatTime(),
      },
      ...rest,
      status: type.subresources.includes('status')
        ? rest.status ?? {}
        : rest.status,
    }),
  );
}

function requireDeletePreconditions(
  type: ResourceType,
  { metadata }: KubeObject,
  { uid, resourceVersion }: DeleteOptions,
): void {
  if (uid && uid !== metadata.uid) {
    throw conflict(
      type,
      metadata.name,
      `the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`,
    );
  }
  if (resourceVersion && resourceVersion !== metadata.resourceVersion) {
    throw conflict(
      type,
      metadata.name,
      `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${metadata.resourceVersion}). The object might have been modified`,
    );
  }
}

function markAsDeleted(
  { metadata }: KubeObject,
  graceSeconds: number,
  finalizer: string | undefined,
): void {
  if (finalizer && !metadata.finalizers?.includes(finalizer)) {
    metadata.finalizers = [...(metadata.finalizers ?? []), finalizer];
  }
  // A second request can only shorten the time that is left.
  if (
    !metadata.deletionTimestamp ||
    graceSeconds < (metadata.deletionGracePeriodSeconds ?? 0)
  ) {
    metadata.deletionTimestamp = formatTime(Date.now() + graceSeconds * 1000);
    metadata.deletionGracePeriodSeconds = graceSeconds;
  }
}

function isFreeToGo(type: ResourceType, object: KubeObject): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds, finalizers } =
    object.metadata;
  return (
    deletionTimestamp !== undefined &&
    !deletionGracePeriodSeconds &&
    !finalizers?.length &&
    !behaviourOf(type).isHeld?.(object)
  );
}
