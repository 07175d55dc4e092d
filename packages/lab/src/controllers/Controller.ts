import type { KubeObject, WatchEvent } from '../api/ClusterStore';

/**
 * Brings the cluster closer to what it should be, one key (mostly `namespace/name`) at a time. A controller looks at what is
 * stored when it is woken, never at what woke it, so that a missed or doubled call changes nothing.
 */
export interface Controller {
  name: string;
  /** By kind: which keys a change of an object wakes. */
  wakesOn: Record<
    string,
    (object: KubeObject, change: WatchEvent['type']) => string[]
  >;
  /** Acts on a key; `again` asks to be woken for the same key later. */
  reconcile(key: string, again: (afterMs: number) => void): void;
}

export function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

export function splitKey(key: string): [namespace: string, name: string] {
  const at = key.indexOf('/');
  return [key.slice(0, at), key.slice(at + 1)];
}
