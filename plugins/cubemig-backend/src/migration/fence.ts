import { ClusterClient } from '../clusters';

const changes: ReadonlySet<PropertyKey> = new Set<keyof ClusterClient>([
  'create',
  'patch',
  'delete',
]);

/**
 * A client that changes nothing once the right to do so may have passed to another worker: one that was frozen for a minute does not
 * know by itself that its lease has lapsed.
 *
 * @param assertHeld - throws then
 */
export function fence(
  client: ClusterClient,
  assertHeld: () => void,
): ClusterClient {
  return new Proxy(client, {
    get(target, name) {
      if (changes.has(name)) assertHeld();
      const member = Reflect.get(target, name);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}
