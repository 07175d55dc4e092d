import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useMemo } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  Attack,
  AttackName,
  cubemigSimulationRunPermission,
  SimulationRequest,
} from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { useClusters } from '../clusters';
import { useAction } from '../confirm';
import { Loaded, Panel } from '../page';
import { GuardedButton, useDenial } from '../permit';
import { Polled, usePolling } from '../polling';
import { RefusalNote } from '../problem';
import { SelectFilter } from '../table';
import { useWords } from '../translation';
import { useUrlFields } from '../url';
import { AttackDetails } from './AttackDetails';
import { PodField } from './PodField';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: theme.spacing(2),
  },
  fields: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 220px), 1fr))',
    gap: theme.spacing(2),
  },
}));

/** Chooses an attack and a pod, and runs it. */
export const RunAttack = (props: {
  attacks: Polled<Attack[]>;
  onStarted(): void;
}) => {
  const { attacks, onStarted } = props;
  const classes = useStyles();
  const t = useWords();
  const api = useApi(cubemigApiRef);
  const clusters = useClusters();
  const denial = useDenial(cubemigSimulationRunPermission);
  const [fields, setFields] = useUrlFields([
    'attack',
    'cluster',
    'namespace',
    'pod',
  ]);
  const cluster = fields.cluster ?? clusters.options[0]?.value;
  const loadNamespaces = useCallback(
    async () => (cluster ? api.clusters.listNamespaces(cluster) : []),
    [api, cluster],
  );
  const { value: namespaces = [] } = usePolling(loadNamespaces, undefined);
  const namespace = fields.namespace ?? namespaces[0]?.name;
  const start = useAction(
    useCallback(
      (request: SimulationRequest) => api.simulations.startSimulation(request),
      [api],
    ),
    onStarted,
  );
  const attack = useMemo(
    () =>
      attacks.value?.find(({ name }) => name === fields.attack) ??
      attacks.value?.[0],
    [attacks.value, fields.attack],
  );

  const run = () =>
    attack &&
    cluster &&
    namespace &&
    fields.pod &&
    start.run({
      cluster,
      namespace,
      pod: fields.pod,
      attack: attack.name as AttackName,
    });

  return (
    <Panel title={t('simulation.run')} help="simulation">
      <div className={classes.root}>
        <Typography variant="body2" color="textSecondary">
          {t('simulation.intro')}
        </Typography>
        <Loaded polled={attacks} problem={t('simulation.problem')}>
          {all => (
            <>
              <div className={classes.fields}>
                <SelectFilter
                  label={t('simulation.attack')}
                  value={attack?.name}
                  hasAll={false}
                  options={all.map(({ name, title }) => ({
                    value: name,
                    title,
                  }))}
                  onChange={name => setFields({ attack: name })}
                />
                <SelectFilter
                  label={t('common.cluster')}
                  value={cluster}
                  hasAll={false}
                  options={clusters.options}
                  onChange={name =>
                    setFields({
                      cluster: name,
                      namespace: undefined,
                      pod: undefined,
                    })
                  }
                />
                <SelectFilter
                  label={t('common.namespace')}
                  value={namespace}
                  hasAll={false}
                  options={namespaces.map(({ name }) => ({
                    value: name,
                    title: name,
                  }))}
                  onChange={name =>
                    setFields({ namespace: name, pod: undefined })
                  }
                />
              </div>
              {cluster && namespace && (
                <PodField
                  cluster={cluster}
                  namespace={namespace}
                  value={fields.pod}
                  onChange={pod => setFields({ pod })}
                />
              )}
              {attack && <AttackDetails attack={attack} />}
              <div>
                <GuardedButton
                  color="primary"
                  variant="contained"
                  denial={denial}
                  disabled={!fields.pod || start.isBusy}
                  onClick={run}
                >
                  {t('simulation.start')}
                </GuardedButton>
              </div>
              {start.refusal && (
                <RefusalNote
                  title={t('simulation.startProblem')}
                  refusal={start.refusal}
                />
              )}
            </>
          )}
        </Loaded>
      </div>
    </Panel>
  );
};
