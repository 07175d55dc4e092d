import { Link } from '@backstage/core-components';
import CancelIcon from '@material-ui/icons/Cancel';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import AutorenewIcon from '@material-ui/icons/Autorenew';
import { Attack, Simulation } from '@cubemig/plugin-cubemig-common';
import { UserName } from '../migration';
import { EmptyNote, Loaded, Panel, usePaths } from '../page';
import { Polled } from '../polling';
import { StatusLabel, StatusTone } from '../status';
import { Column, DataTable } from '../table';
import { Fold, TextBlock } from '../text';
import { RelativeTime } from '../time';
import { useWords, Words } from '../translation';

const looks: Record<
  Simulation['status'],
  { tone: StatusTone; Icon: typeof CancelIcon }
> = {
  running: { tone: 'running', Icon: AutorenewIcon },
  completed: { tone: 'ok', Icon: CheckCircleIcon },
  failed: { tone: 'error', Icon: CancelIcon },
};

/** The simulations so far, newest first. */
export const PastSimulations = (props: {
  polled: Polled<Simulation[]>;
  /** What each is called, once that is known. */
  attacks?: Attack[];
}) => {
  const { polled, attacks } = props;
  const t = useWords();
  const paths = usePaths();
  const titleOf = (attack: string) =>
    attacks?.find(({ name }) => name === attack)?.title ?? attack;
  return (
    <Panel
      title={t('simulation.past')}
      isFlush
      aside={
        paths && <Link to={paths.security}>{t('simulation.toDashboard')}</Link>
      }
    >
      <Loaded polled={polled} problem={t('simulation.pastProblem')}>
        {simulations =>
          simulations.length === 0 ? (
            <EmptyNote title={t('simulation.pastNone')} />
          ) : (
            <DataTable
              label={t('simulation.past')}
              items={simulations}
              keyOf={({ id }) => id}
              columns={columnsOf(t, titleOf)}
            />
          )
        }
      </Loaded>
    </Panel>
  );
};

function columnsOf(
  t: Words,
  titleOf: (attack: string) => string,
): Column<Simulation>[] {
  return [
    {
      id: 'attack',
      title: t('simulation.attack'),
      render: simulation => (
        <>
          {titleOf(simulation.attack)}
          {simulation.problem && <div>{simulation.problem.message}</div>}
          {simulation.output && (
            <div>
              <Fold show={t('simulation.output')} hide={t('common.close')}>
                <TextBlock
                  label={titleOf(simulation.attack)}
                  text={simulation.output}
                />
              </Fold>
            </div>
          )}
        </>
      ),
    },
    {
      id: 'status',
      title: t('common.status'),
      render: ({ status, exitCode }) => (
        <StatusLabel {...looks[status]}>
          {t(`simulation.statuses.${status}`)}
          {exitCode !== undefined &&
            `, ${t('simulation.exitCode', { code: String(exitCode) })}`}
        </StatusLabel>
      ),
    },
    {
      id: 'pod',
      title: t('simulation.pod'),
      render: ({ cluster, namespace, pod }) => `${cluster}/${namespace}/${pod}`,
    },
    {
      id: 'by',
      title: t('simulation.by'),
      render: ({ createdBy }) => <UserName entityRef={createdBy} />,
    },
    {
      id: 'started',
      title: t('simulation.started'),
      render: ({ startedAt }) => <RelativeTime moment={startedAt} />,
    },
  ];
}
