import type { ContainerRecord } from '../container/ContainerRecord';

/** One entry of `containerStatuses` or `initContainerStatuses`. */
export function containerStatus(
  spec: any,
  record: ContainerRecord,
  runtimeName: string,
  isInit: boolean,
): any {
  const isRunning = record.state.running !== undefined;
  const exists = record.containerId !== undefined;
  const hasResources = Object.keys(spec.resources ?? {}).length > 0;
  const user = spec.securityContext ?? {};
  const gid = user.runAsGroup ?? 0;
  return {
    name: record.name,
    state: record.state,
    lastState: record.lastState,
    ready: isInit
      ? record.state.terminated?.exitCode === 0
      : isRunning && record.passesReadiness,
    restartCount: record.restartCount,
    image: record.image,
    imageID: record.imageID,
    ...(exists
      ? { containerID: `${runtimeName}://${record.containerId}` }
      : {}),
    started: isRunning && record.hasStarted,
    ...(exists && hasResources && spec.resources.requests
      ? { allocatedResources: spec.resources.requests }
      : {}),
    ...(exists ? { resources: spec.resources ?? {} } : {}),
    ...(spec.volumeMounts?.length > 0
      ? {
          volumeMounts: spec.volumeMounts.map((mount: any) => ({
            name: mount.name,
            mountPath: mount.mountPath,
            ...(mount.readOnly
              ? { readOnly: true, recursiveReadOnly: 'Disabled' }
              : {}),
          })),
        }
      : {}),
    ...(exists
      ? {
          user: {
            linux: {
              uid: user.runAsUser ?? 0,
              gid,
              supplementalGroups: [gid],
            },
          },
        }
      : {}),
  };
}
