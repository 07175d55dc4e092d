import { Detector, detectionOf } from '../Detector';

/** So many deleted files are more than an application's own housekeeping. */
const MANY = 20;
const SHOWN = 10;

const LOG =
  /^\/var\/log\/|\/\.(bash|sh|zsh|ash|python|mysql|psql)_history$|\.log$/;

export const removedTraces: Detector = {
  id: 'removed-traces',
  title: 'Logs or many files were removed',
  technique: { id: 'T1070', name: 'Indicator Removal' },
  explanation:
    'Files of the image were deleted, or logs emptied, since the container started: intruders remove their traces, and ransomware removes originals.',
  remedy:
    'See what the log collector had received before. Make the root file system read-only.',
  detect({ report }) {
    const changes = report.rootfs_changes ?? [];
    const deleted = changes.filter(({ change }) => change === 'deleted');
    const logs = changes.filter(
      ({ path, change, type, size }) =>
        LOG.test(path) &&
        (change === 'deleted' || (type === 'file' && size === 0)),
    );
    const isMany = deleted.length >= MANY;
    return [
      ...detectionOf(
        'medium',
        logs.slice(0, SHOWN).map(({ path, change }) => ({
          file: path,
          detail: `${path} was ${change === 'deleted' ? 'deleted' : 'emptied'}`,
        })),
      ),
      ...detectionOf(
        isMany ? 'medium' : 'low',
        deleted
          .filter(change => !logs.includes(change))
          .slice(0, SHOWN)
          .map(({ path }) => ({
            file: path,
            detail: `${path} was deleted (one of ${deleted.length} files)`,
          })),
      ),
    ];
  },
};
