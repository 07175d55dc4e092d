import { ClusterClient } from './ClusterClient';
import { Endurance } from './Endurance';

/**
 * A client whose requests outlast an outage of the API server. Reads are repeated as they are, and so are the writes of a migration: a name
 * that is taken, a version that has changed and an object that is gone tell whoever asked that the first attempt was carried out, although
 * its answer was lost. Watches and logs that break off are taken up by those who follow them.
 *
 * @param signal - what ends the waiting at the moment
 */
export function outlast(
  client: ClusterClient,
  endurance: Endurance,
  signal: () => AbortSignal,
): ClusterClient {
  const read = <Answer>(request: () => Promise<Answer>) =>
    endurance.ask(() => orAborted(request(), signal()), signal());
  // What is being written is waited for: nobody could take back what is carried out later.
  const write = <Answer>(request: (repeats: number) => Promise<Answer>) =>
    endurance.ask(request, signal());
  return {
    cluster: client.cluster,
    getVersion: () => read(() => client.getVersion()),
    get: (kind, key) => read(() => client.get(kind, key)),
    exists: (kind, key) => read(() => client.exists(kind, key)),
    list: (kind, selection) => read(() => client.list(kind, selection)),
    create: (kind, object) => write(() => client.create(kind, object)),
    patch: (kind, key, patch, options) =>
      write(() => client.patch(kind, key, patch, options)),
    delete: (kind, key, options = {}) =>
      write(async repeats => {
        const isDeleted = await client.delete(kind, key, options);
        // The very object that was meant is gone since it was asked for the first time.
        return isDeleted || (repeats > 0 && options.uid !== undefined);
      }),
    watch: (kind, selection, ended) => client.watch(kind, selection, ended),
    followLog: (key, ended) => client.followLog(key, ended),
  };
}

/** Rejects as soon as the signal aborts: nobody needs the answer then. */
async function orAborted<Answer>(
  answer: Promise<Answer>,
  signal: AbortSignal,
): Promise<Answer> {
  let giveUp = () => {};
  const aborted = new Promise<never>((_, reject) => {
    giveUp = () => reject(signal.reason);
  });
  signal.addEventListener('abort', giveUp);
  if (signal.aborted) giveUp();
  try {
    return await Promise.race([answer, aborted]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
