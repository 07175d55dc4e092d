import { alreadyExists, invalid, notFound } from '../ApiError';
import type {
  ClusterStore,
  KubeObject,
  ObjectDraft,
  WatchEvent,
} from '../ClusterStore';
import { behaviourOf } from '../kinds';
import { STORED_TYPES, typeOfKind, type ResourceType } from '../resources';
import { WatchLog } from './WatchLog';
import { completeDraft } from './completeDraft';
import { isFreeToGo, markAsDeleted, type PropagationPolicy } from './deletion';
import { isSameJson, withoutUndefined } from './equality';
import { formatTime } from './names';
import {
  requireDeletePreconditions,
  requireUpdatePreconditions,
} from './preconditions';
import { requireOpenNamespace } from './requireOpenNamespace';
import { findNameFault } from './validateName';

const REMEMBERED_CHANGES = 4096;

export interface WriteOptions {
  /** Checks everything, stores nothing. */
  dryRun?: boolean;
}

export interface DeleteOptions extends WriteOptions {
  uid?: string;
  resourceVersion?: string;
  gracePeriodSeconds?: number;
  propagationPolicy?: PropagationPolicy;
}

/** A cluster's objects, in memory. */
export class ObjectStore implements ClusterStore {
  readonly log: WatchLog;
  private readonly tables = new Map(
    STORED_TYPES.map(type => [type, new Map<string, KubeObject>()]),
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
    const { name, namespace } = next.metadata;
    const previous = this.stored(type, namespace, name);
    if (!previous) {
      throw notFound(type, name);
    }
    requireUpdatePreconditions(type, previous, next);
    const behaviour = behaviourOf(type);
    behaviour.applyDefaults?.(next);
    const causes = [
      ...(behaviour.validate?.(next) ?? []),
      ...(behaviour.validateUpdate?.(next, previous) ?? []),
    ];
    if (causes.length > 0) {
      throw invalid(type, name, causes);
    }
    // Who updates an object does not delete it, nor call it back.
    const { deletionTimestamp, deletionGracePeriodSeconds } = previous.metadata;
    Object.assign(next.metadata, {
      deletionTimestamp,
      deletionGracePeriodSeconds,
    });
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
    const next = structuredClone(previous);
    markAsDeleted(next, grace, options.propagationPolicy);
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
