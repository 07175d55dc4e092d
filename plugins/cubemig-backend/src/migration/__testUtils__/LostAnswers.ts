import { ClusterApiError, ClusterClient, Clusters } from '../../clusters';

const CHANGES: ReadonlySet<PropertyKey> = new Set<keyof ClusterClient>([
  'create',
  'patch',
  'delete',
]);

/** Clusters that, when they are told to, make each change and lose the answer; asked for the same again, they answer. */
export class LostAnswers {
  /** Whether answers are lost. */
  isOn = false;
  private readonly lost = new Set<string>();

  constructor(private readonly real: Clusters) {}

  readonly clusters: Clusters = {
    list: () => this.real.list(),
    getClient: async name => this.watch(await this.real.getClient(name)),
  };

  /** How many were lost. */
  get count() {
    return this.lost.size;
  }

  private watch(client: ClusterClient): ClusterClient {
    return new Proxy(client, {
      get: (target, name) => {
        const member = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        if (!CHANGES.has(name)) return member.bind(target);
        return async (...args: unknown[]) => {
          const answer = await member.apply(target, args);
          const change = essence([client.cluster, name, ...args]);
          if (!this.isOn || this.lost.has(change)) return answer;
          this.lost.add(change);
          throw new ClusterApiError(
            client.cluster,
            undefined,
            undefined,
            'socket hang up',
          );
        };
      },
    });
  }
}

/** What differs when the same is asked for again, a little later, is left out. */
function essence(request: unknown[]) {
  return JSON.stringify(request, (key, value) =>
    ['resourceVersion', 'lastTransitionTime'].includes(key) ? '' : value,
  );
}
