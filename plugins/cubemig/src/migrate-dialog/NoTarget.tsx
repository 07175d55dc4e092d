import { Cluster } from '@cubemig/plugin-cubemig-common';
import { ProblemNote } from '../problem';

/** Why a pod cannot go anywhere. */
export const NoTarget = ({ excluded }: { excluded: Cluster[] }) => (
  <ProblemNote
    severity="info"
    title="No cluster to migrate to"
    message={
      excluded.length > 0
        ? excluded
            .map(
              ({ name, title, problem }) =>
                `${title ?? name}: ${problem?.message}`,
            )
            .join(' ')
        : 'This is the only cluster that is configured.'
    }
    remedy="Add a second cluster to Backstage's Kubernetes config, or bring an unreachable one back."
  />
);
