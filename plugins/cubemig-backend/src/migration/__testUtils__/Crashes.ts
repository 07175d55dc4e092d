import { ClusterClient, Clusters } from '../../clusters';

const CHANGES: ReadonlySet<PropertyKey> = new Set<keyof ClusterClient>([
  'create',
  'patch',
  'delete',
]);

/** Clusters whose worker dies, when it is told to, right after it has changed something: the change is made, and nobody noted it. */
export class Crashes {
  /** Ends the worker, and lets another take over. */
  onCrash: () => Promise<void> = async () => {};
  private changesLeft = Infinity;
  /** Whether the worker has died since `after` was called. */
  hasCrashed = false;

  constructor(private readonly real: Clusters) {}

  /** The worker dies of the change with this number, counted from 1. */
  after(change: number) {
    this.changesLeft = change;
    this.hasCrashed = false;
  }

  readonly clusters: Clusters = {
    list: () => this.real.list(),
    getClient: async name => this.watch(await this.real.getClient(name)),
  };

  private watch(client: ClusterClient): ClusterClient {
    return new Proxy(client, {
      get: (target, name) => {
        const member = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        if (!CHANGES.has(name)) return member.bind(target);
        return async (...args: unknown[]) => {
          const answer = await member.apply(target, args);
          this.changesLeft -= 1;
          if (this.changesLeft > 0) return answer;
          this.changesLeft = Infinity;
          this.hasCrashed = true;
          this.onCrash();
          throw new Error('The worker died here');
        };
      },
    });
  }
}
