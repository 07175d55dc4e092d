import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { cubemigApiRef } from '../api';
import { PageBody } from '../page';
import { usePolling } from '../polling';
import { useWords } from '../translation';
import { RunAttack } from './RunAttack';
import { PastSimulations } from './PastSimulations';
import { useSimulations } from './useSimulations';

/** Harmless attacks: run one, and see what came of the earlier ones. */
export const SimulationPage = () => {
  const t = useWords();
  const api = useApi(cubemigApiRef);
  const loadAttacks = useCallback(() => api.simulations.getAttacks(), [api]);
  const attacks = usePolling(loadAttacks, undefined);
  const simulations = useSimulations();
  return (
    <PageBody label={t('simulation.title')}>
      <RunAttack attacks={attacks} onStarted={simulations.refresh} />
      <PastSimulations polled={simulations} attacks={attacks.value} />
    </PageBody>
  );
};
