/** How many migrations may run at the same time, across all replicas. */
export interface Limits {
  overall: number;
  /** Of those that leave a cluster, and again of those that come to it. */
  perCluster: number;
  /** Of those that leave a node. */
  perNode: number;
  /** Of those of one workload. */
  perWorkload: number;
}

export const noLimits: Limits = {
  overall: Infinity,
  perCluster: Infinity,
  perNode: Infinity,
  perWorkload: Infinity,
};

/** What counts of a migration that is not over. */
export interface Contender {
  id: string;
  isRunning: boolean;
  /** The replica that runs it. */
  holder?: string;
  /** ISO 8601. */
  createdAt: string;
  /** Who shares fairly: the catalog entity, or else the workload. */
  share: string;
  sourceCluster: string;
  targetCluster?: string;
  node?: string;
  workload: string;
}

export interface QueuePlace {
  id: string;
  /** From 1. */
  position: number;
  /** What stands against its start now; undefined: it is free to start. */
  waitsFor?: string;
}

/**
 * The order in which waiting migrations start, and why each has to wait.
 *
 * Shares take turns: a migration comes after those of other shares that have fewer before them, running ones included. So a hundred
 * migrations of one team let another team's first one pass, and the oldest goes first among equals.
 *
 * @param concurrency - how many each replica runs at most, if that is to be told: a replica that asks for more knows by itself that it has room
 */
export function arrangeQueue(
  contenders: readonly Contender[],
  limits: Limits,
  concurrency = Infinity,
): QueuePlace[] {
  const running = contenders.filter(({ isRunning }) => isRunning);
  const before = countBy(running, ({ share }) => share);
  const waiting = contenders
    .filter(({ isRunning }) => !isRunning)
    .sort(byAge)
    .map(contender => {
      const turn = before.get(contender.share) ?? 0;
      before.set(contender.share, turn + 1);
      return { contender, turn };
    })
    .sort((a, b) => a.turn - b.turn || byAge(a.contender, b.contender));
  const findHindrance = createHindrances(running, limits);
  return waiting.map(({ contender }, index) => ({
    id: contender.id,
    position: index + 1,
    waitsFor:
      findHindrance(contender) ??
      (areReplicasFull(running, concurrency)
        ? `every replica of the backend runs ${concurrency} already (cubemig.migration.concurrency)`
        : undefined),
  }));
}

/** As far as is known: one that runs nothing takes what waits at once. */
function areReplicasFull(running: Contender[], concurrency: number) {
  const ofReplica = countBy(running, ({ holder }) => holder);
  return (
    ofReplica.size > 0 &&
    [...ofReplica.values()].every(count => count >= concurrency)
  );
}

function createHindrances(running: Contender[], limits: Limits) {
  const leaving = countBy(running, c => c.sourceCluster);
  const coming = countBy(running, c => c.targetCluster);
  const onNode = countBy(running, nodeOf);
  const ofWorkload = countBy(running, c => c.workload);
  const isFull = <K>(counts: Map<K, number>, key: K, limit: number) =>
    key !== undefined && (counts.get(key) ?? 0) >= limit;

  return (c: Contender): string | undefined => {
    if (running.length >= limits.overall) {
      return `${limits.overall} migrations run already`;
    }
    if (isFull(ofWorkload, c.workload, limits.perWorkload)) {
      return 'another pod of the same workload is being migrated';
    }
    if (isFull(onNode, nodeOf(c), limits.perNode)) {
      return `the source node ${c.node} is busy with ${limits.perNode} migration(s)`;
    }
    if (isFull(leaving, c.sourceCluster, limits.perCluster)) {
      return `${limits.perCluster} migrations leave ${c.sourceCluster} already`;
    }
    if (isFull(coming, c.targetCluster, limits.perCluster)) {
      return `${limits.perCluster} migrations come to ${c.targetCluster} already`;
    }
    return undefined;
  };
}

/** Clusters may have nodes of the same name. */
function nodeOf({ sourceCluster, node }: Contender) {
  return node === undefined ? undefined : `${sourceCluster}/${node}`;
}

function byAge(a: Contender, b: Contender) {
  return compare(a.createdAt, b.createdAt) || compare(a.id, b.id);
}

function compare(a: string, b: string) {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function countBy<T, K>(items: T[], keyOf: (item: T) => K): Map<K, number> {
  const counts = new Map<K, number>();
  for (const item of items) {
    counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  }
  return counts;
}
