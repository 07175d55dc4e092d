import { KubePod } from '../clusters';

type ContainerStatus = NonNullable<
  NonNullable<KubePod['status']>['containerStatuses']
>[number];

/** What `kubectl get pods` shows under STATUS (pkg/printers/internalversion, printPod). */
export function podStatus(pod: KubePod): string {
  const status = pod.status ?? {};
  if (pod.metadata?.deletionTimestamp) {
    return status.reason === 'NodeLost' ? 'Unknown' : 'Terminating';
  }
  const initializing = initStatus(pod);
  if (initializing) return initializing;

  let text = status.reason || status.phase || 'Unknown';
  const containers = status.containerStatuses ?? [];
  // As kubectl does, from the last container to the first: the first one with something to say wins.
  for (const container of [...containers].reverse()) {
    text = containerReason(container) ?? text;
  }
  if (
    text === 'Completed' &&
    containers.some(c => c.ready && c.state?.running)
  ) {
    return isPodReady(pod) ? 'Running' : 'NotReady';
  }
  return text;
}

export function isPodReady(pod: KubePod): boolean {
  return hasCondition(pod, 'Ready');
}

export function hasCondition(pod: KubePod, type: string): boolean {
  return (
    pod.status?.conditions?.some(c => c.type === type && c.status === 'True') ??
    false
  );
}

function containerReason({ state }: ContainerStatus): string | undefined {
  if (state?.waiting?.reason) return state.waiting.reason;
  const { terminated } = state ?? {};
  if (!terminated) return undefined;
  if (terminated.reason) return terminated.reason;
  return terminated.signal
    ? `Signal:${terminated.signal}`
    : `ExitCode:${terminated.exitCode}`;
}

function initStatus(pod: KubePod): string | undefined {
  const statuses = pod.status?.initContainerStatuses ?? [];
  const specs = pod.spec?.initContainers ?? [];
  for (const [index, status] of statuses.entries()) {
    const isSidecar =
      specs.find(({ name }) => name === status.name)?.restartPolicy ===
      'Always';
    if (status.state?.terminated?.exitCode === 0) continue;
    if (isSidecar && status.started) continue;
    const reason = containerReason(status);
    return reason && reason !== 'PodInitializing'
      ? `Init:${reason}`
      : `Init:${index}/${specs.length}`;
  }
  return undefined;
}
