import { PageBody } from '../page';
import { useWords } from '../translation';
import { RunAttack } from './RunAttack';
import { PastSimulations } from './PastSimulations';
import { useSimulations } from './useSimulations';

/** Harmless attacks: run one, and see what came of the earlier ones. */
export const SimulationPage = () => {
  const t = useWords();
  const simulations = useSimulations();
  return (
    <PageBody label={t('simulation.title')}>
      <RunAttack onStarted={simulations.refresh} />
      <PastSimulations polled={simulations} />
    </PageBody>
  );
};
