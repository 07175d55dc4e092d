import { ClusterClient, Clusters } from '../../clusters';

const CHANGES: ReadonlySet<PropertyKey> = new Set<keyof ClusterClient>([
  'create',
  'patch',
  'delete',
]);

/** Clusters that tell of each change right after it was made: what is thrown then is the answer. */
export function afterChanges(
  real: Clusters,
  tell: (cluster: string, change: unknown[]) => void,
): Clusters {
  const watch = (client: ClusterClient): ClusterClient =>
    new Proxy(client, {
      get(target, name) {
        const member = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        if (!CHANGES.has(name)) return member.bind(target);
        return async (...args: unknown[]) => {
          const answer = await member.apply(target, args);
          tell(client.cluster, [name, ...args]);
          return answer;
        };
      },
    });
  return {
    list: () => real.list(),
    getClient: async name => watch(await real.getClient(name)),
  };
}
