import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { cubemigApiRef } from '../api';
import { EmptyNote, Loaded } from '../page';
import { usePolling } from '../polling';
import { ProblemNote } from '../problem';
import { SelectFilter } from '../table';
import { useWords } from '../translation';

const CALM = 10_000;

/** The pod that is attacked; one that is not for that says why, and what to do. */
export const PodField = (props: {
  cluster: string;
  namespace: string;
  value: string | undefined;
  onChange(pod: string | undefined): void;
}) => {
  const { cluster, namespace, value, onChange } = props;
  const t = useWords();
  const { simulations } = useApi(cubemigApiRef);
  const load = useCallback(
    () => simulations.getSimulationPods(cluster, namespace),
    [simulations, cluster, namespace],
  );
  const polled = usePolling(load, CALM);
  return (
    <Loaded polled={polled} problem={t('simulation.podsProblem')} height={40}>
      {pods => {
        const refusal = pods.find(({ name }) => name === value)?.refusal;
        return pods.length === 0 ? (
          <EmptyNote
            title={t('simulation.noPods')}
            help={{ topic: 'simulation' }}
          />
        ) : (
          <>
            <SelectFilter
              label={t('simulation.pod')}
              value={value}
              hasAll={false}
              options={[
                { value: '', title: '–' },
                ...pods.map(pod => ({
                  value: pod.name,
                  title: pod.refusal
                    ? `${pod.name} (${pod.refusal.message})`
                    : pod.name,
                })),
              ]}
              onChange={onChange}
            />
            {refusal && (
              <ProblemNote
                severity="info"
                title={t('simulation.refused')}
                message={refusal.message}
                remedy={refusal.remedy}
                help={{ topic: 'simulation' }}
              />
            )}
          </>
        );
      }}
    </Loaded>
  );
};
