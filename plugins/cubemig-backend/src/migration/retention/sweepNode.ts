import { SweepTask } from '@cubemig/plugin-cubemig-common';
import { ClusterClient, waitFor } from '../../clusters';
import { CubemigConfig } from '../../config';
import { parseResult, terminated } from '../courier';
import { buildSweepJob } from '../objects';

/** Its image may have to be pulled. */
const LONGEST_MS = 120_000;

/**
 * Has a courier remove what couriers that died have left on a node. Its Job carries a migration's label and goes at the end; where nobody is
 * left to see to that, it goes as an orphan.
 *
 * @returns how many archives there were
 */
export async function sweepNode(
  client: ClusterClient,
  config: CubemigConfig['courier'],
  node: string,
  task: Omit<SweepTask, 'version' | 'task'>,
): Promise<number> {
  // Nothing lies on a node that is no more.
  if (!(await client.exists('Node', { name: node }))) return 0;
  const job = buildSweepJob(
    config,
    { version: 1, task: 'sweep', ...task },
    node,
  );
  const key = { namespace: config.namespace, name: job.metadata!.name! };
  const { metadata } = await client.create('Job', job);
  try {
    const { exitCode, message } = await waitFor(
      client,
      'Pod',
      { namespace: key.namespace, labelSelector: `job-name=${key.name}` },
      {
        timeoutMs: LONGEST_MS,
        signal: new AbortController().signal,
        what: `Sweeping ${node}`,
      },
      ([pod]) => pod && terminated(pod),
    );
    const result = parseResult(message);
    if (exitCode !== 0 || !result?.records) {
      throw new Error(
        `The courier ended with exit code ${exitCode}: ${
          result?.failure?.message ?? 'it left no result'
        }`,
      );
    }
    return result.records.count;
  } finally {
    await client.delete('Job', key, {
      uid: metadata!.uid,
      propagationPolicy: 'Background',
    });
  }
}
