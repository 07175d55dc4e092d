import type { KubeObject } from '../../ClusterStore';
import { AGE, NAME, column, formatAge, type Column } from './columns';

/** kubectl's columns of a pod (k8s.io/kubernetes, pkg/printers/internalversion, printPod). */
export const POD_COLUMNS: Column[] = [
  NAME,
  column('Ready', ({ spec, status }) => {
    const statuses: any[] = status?.containerStatuses ?? [];
    return `${statuses.filter(({ ready }) => ready).length}/${
      spec.containers.length
    }`;
  }),
  column('Status', describePhase),
  column('Restarts', formatRestarts),
  AGE,
  column('IP', ({ status }) => status?.podIP, { priority: 1 }),
  column('Node', ({ spec }) => spec.nodeName, { priority: 1 }),
  column('Nominated Node', ({ status }) => status?.nominatedNodeName, {
    priority: 1,
  }),
  column('Readiness Gates', formatGates, { priority: 1 }),
];

function describePhase({ metadata, spec, status }: KubeObject): string {
  if (metadata.deletionTimestamp) {
    return 'Terminating';
  }
  const initFault = describeInit(spec, status);
  if (initFault) {
    return initFault;
  }
  const statuses: any[] = status?.containerStatuses ?? [];
  const reason = [...statuses].reverse().map(describeState).find(Boolean);
  return reason ?? status?.reason ?? status?.phase ?? 'Unknown';
}

function describeInit(spec: any, status: any): string | undefined {
  const statuses: any[] = status?.initContainerStatuses ?? [];
  const at = statuses.findIndex(
    ({ state }) => state?.terminated?.exitCode !== 0,
  );
  if (at < 0) {
    return undefined;
  }
  const { state } = statuses[at];
  const reason = describeState(statuses[at]);
  return reason && reason !== 'PodInitializing' && !state?.running
    ? `Init:${reason}`
    : `Init:${at}/${spec.initContainers?.length ?? statuses.length}`;
}

function describeState({ state }: any): string | undefined {
  const { waiting, terminated } = state ?? {};
  if (waiting?.reason) {
    return waiting.reason;
  }
  return terminated
    ? terminated.reason ?? `ExitCode:${terminated.exitCode}`
    : undefined;
}

function formatRestarts({ status }: KubeObject, now: number): string {
  const statuses: any[] = status?.containerStatuses ?? [];
  const count = statuses.reduce((sum, s) => sum + (s.restartCount ?? 0), 0);
  const last = statuses
    .map(s => s.lastState?.terminated?.finishedAt)
    .filter(Boolean)
    .sort()
    .at(-1);
  return count && last ? `${count} (${formatAge(last, now)} ago)` : `${count}`;
}

function formatGates({ spec, status }: KubeObject): string | undefined {
  const gates: any[] = spec.readinessGates ?? [];
  const open = gates.filter(({ conditionType }) =>
    (status?.conditions ?? []).some(
      (c: any) => c.type === conditionType && c.status === 'True',
    ),
  );
  return gates.length ? `${open.length}/${gates.length}` : undefined;
}
