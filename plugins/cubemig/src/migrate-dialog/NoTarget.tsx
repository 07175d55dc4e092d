import { Cluster } from '@cubemig/plugin-cubemig-common';
import { ProblemNote } from '../problem';
import { useWords } from '../translation';

/** Why a pod cannot go anywhere. */
export const NoTarget = ({ excluded }: { excluded: Cluster[] }) => {
  const t = useWords();
  return (
    <ProblemNote
      severity="info"
      title={t('plan.noTarget')}
      message={
        excluded.length > 0
          ? excluded
              .map(
                ({ name, title, problem }) =>
                  `${title ?? name}: ${problem?.message}`,
              )
              .join(' ')
          : t('plan.onlyCluster')
      }
      remedy={t('plan.noTargetRemedy')}
    />
  );
};
