import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import CancelIcon from '@material-ui/icons/Cancel';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import { Cluster, Node } from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { HelpLink } from '../help';
import { Loaded, Panel } from '../page';
import { usePolling } from '../polling';
import { ProblemNote } from '../problem';
import { StatusLabel } from '../status';
import { Column, DataTable } from '../table';
import { useWords, Words } from '../translation';

const CALM = 30_000;

const useStyles = makeStyles(theme => ({
  problem: { margin: theme.spacing(2) },
  version: { color: theme.palette.text.secondary },
}));

/** One cluster: whether it can be reached, and what its nodes can do. */
export const ClusterPanel = ({ cluster }: { cluster: Cluster }) => {
  const classes = useStyles();
  const t = useWords();
  const api = useApi(cubemigApiRef);
  const { name, title, version, problem } = cluster;
  const load = useCallback(() => api.clusters.listNodes(name), [api, name]);
  return (
    <Panel
      title={title ?? name}
      isFlush
      aside={
        <span className={classes.version}>
          {version
            ? t('clusters.version', { version })
            : t('clusters.notReachable')}
        </span>
      }
    >
      {problem && (
        <ProblemNote
          className={classes.problem}
          severity={version ? 'warning' : 'error'}
          title={t(version ? 'pods.noMigrations' : 'pods.noAnswer')}
          message={problem.message}
          remedy={problem.remedy}
          help={{ topic: 'clusterProblems' }}
        />
      )}
      {version && <Nodes load={load} />}
    </Panel>
  );
};

function Nodes({ load }: { load: () => Promise<Node[]> }) {
  const t = useWords();
  const polled = usePolling(load, CALM);
  return (
    <Loaded polled={polled} problem={t('clusters.nodesProblem')} height={64}>
      {nodes => (
        <DataTable
          label={t('clusters.nodes')}
          items={nodes}
          keyOf={({ name }) => name}
          foldBelow={640}
          columns={columnsOf(t)}
        />
      )}
    </Loaded>
  );
}

function columnsOf(t: Words): Column<Node>[] {
  return [
    { id: 'name', title: t('clusters.node'), render: ({ name }) => name },
    {
      id: 'checkpoint',
      title: t('clusters.canCheckpoint'),
      render: node => <Ability node={node} />,
    },
    {
      id: 'runtime',
      title: t('clusters.runtime'),
      render: node => node.containerRuntimeVersion,
    },
    {
      id: 'kubelet',
      title: t('clusters.kubelet'),
      render: node => node.kubeletVersion,
    },
    {
      id: 'kernel',
      title: t('clusters.kernel'),
      render: node => `${node.kernelVersion} ${node.architecture}`,
    },
  ];
}

function Ability({ node }: { node: Node }) {
  const t = useWords();
  const { ready, schedulable, obstacle } = node;
  const reason = ready ? obstacle?.message : t('clusters.notReady');
  return (
    <div>
      <StatusLabel
        tone={reason ? 'error' : 'ok'}
        Icon={reason ? CancelIcon : CheckCircleIcon}
      >
        {t(reason ? 'clusters.no' : 'clusters.yes')}
        {!schedulable && ` (${t('clusters.notSchedulable')})`}
      </StatusLabel>
      {reason && <div>{reason}</div>}
      {ready && obstacle && (
        <div>
          {obstacle.remedy} <HelpLink topic="nodes" />
        </div>
      )}
    </div>
  );
}
