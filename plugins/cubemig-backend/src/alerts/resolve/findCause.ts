import { migrationStatuses } from '@cubemig/plugin-cubemig-common';
import { AlertRecord, isOfCriu } from '../store';
import { MigrationHistory } from './traceLineage';

/** A node's clock and ours differ, and Falco may tell a little later. */
const SLACK_MS = 60_000;
/** Far more than one node checkpoints at a time. */
const LOOKED_AT = 100;
const BEGUN = migrationStatuses.filter(status => status !== 'queued');

/** The migration of ours, under way or just over, whose CRIU Falco has seen on the node; undefined if it may be anybody's. */
export async function findCause(
  history: Pick<MigrationHistory, 'list'>,
  alert: AlertRecord,
): Promise<string | undefined> {
  if (!isOfCriu(alert)) return undefined;
  const { cluster, hostname, firstAt } = alert;
  const { items } = await history.list({
    cluster,
    status: BEGUN,
    limit: LOOKED_AT,
  });
  const time = Date.parse(firstAt);
  return items.find(
    ({ source, target, startedAt, finishedAt }) =>
      [source, target].some(
        place => place?.cluster === cluster && place.node === hostname,
      ) &&
      startedAt !== undefined &&
      Date.parse(startedAt) - SLACK_MS < time &&
      (!finishedAt || time < Date.parse(finishedAt) + SLACK_MS),
  )?.id;
}
