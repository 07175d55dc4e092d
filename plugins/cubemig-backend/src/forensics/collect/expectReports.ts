import { Migration } from '@cubemig/plugin-cubemig-common';
import { ExpectedReport } from '../store';

/**
 * The reports that a migration's checkpoints should have: one each, unless nobody asked for them.
 *
 * @param byDefault - whether they are made where the request does not say
 */
export function expectReports(
  migration: Migration,
  byDefault: boolean,
): ExpectedReport[] {
  const { id, source, checkpoints, entityRef, mode } = migration;
  // What a migration restores was taken, and examined, by another one.
  if (mode === 'restore') return [];
  const subject = {
    cluster: source.cluster,
    namespace: source.namespace,
    pod: source.pod,
    owner: source.owner,
    entityRef,
  };
  const isWanted =
    (migration.order.forensicAnalysis ?? byDefault) ||
    checkpoints.some(({ report }) => report !== undefined);
  if (!isWanted) return [];
  return checkpoints.map(({ container, image, report }) => {
    const key = { migration: id, container, subject };
    const found = /^[^/]+\/(.+)@(sha256:[0-9a-f]{64})$/.exec(image);
    return report && found
      ? {
          ...key,
          source: {
            repository: found[1],
            image: found[2],
            digest: report.digest,
            bytes: report.bytes,
          },
        }
      : {
          ...key,
          problem: {
            code: 'report-not-made',
            message: `The courier left no forensic report of '${container}'.`,
            remedy:
              "The migration's timeline and the courier's log say why; a new checkpoint makes a new report.",
          },
        };
  });
}
