/* What the API server fills in where a pod's spec or template leaves it out (k8s.io/kubernetes, pkg/apis/core/v1/defaults.go). */

const FILE_MODE_0644 = 420;

/** Defaults of the spec in a pod and in a workload's template alike. */
export function applyPodSpecDefaults(spec: any): void {
  for (const container of spec.initContainers ?? []) {
    applyContainerDefaults(container);
  }
  for (const container of spec.containers ?? []) {
    applyContainerDefaults(container);
  }
  (spec.volumes ?? []).forEach(applyVolumeDefaults);
  spec.restartPolicy ??= 'Always';
  spec.terminationGracePeriodSeconds ??= 30;
  spec.dnsPolicy ??= 'ClusterFirst';
  // The old name of the field goes along with the new one.
  spec.serviceAccountName ??= spec.serviceAccount;
  spec.serviceAccount ??= spec.serviceAccountName;
  spec.securityContext ??= {};
  spec.schedulerName ??= 'default-scheduler';
}

function applyContainerDefaults(container: any): void {
  container.imagePullPolicy ??= isLatest(container.image ?? '')
    ? 'Always'
    : 'IfNotPresent';
  container.terminationMessagePath ??= '/dev/termination-log';
  container.terminationMessagePolicy ??= 'File';
  const resources = (container.resources ??= {});
  if (resources.limits) {
    resources.requests = { ...resources.limits, ...resources.requests };
  }
  for (const port of container.ports ?? []) {
    port.protocol ??= 'TCP';
  }
  for (const variable of container.env ?? []) {
    if (variable.valueFrom?.fieldRef) {
      variable.valueFrom.fieldRef.apiVersion ??= 'v1';
    }
  }
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    if (container[name]) {
      applyProbeDefaults(container[name]);
    }
  }
}

function isLatest(image: string): boolean {
  const name = image.slice(image.lastIndexOf('/') + 1);
  return (
    !name.includes('@') && (!name.includes(':') || name.endsWith(':latest'))
  );
}

function applyProbeDefaults(probe: any): void {
  if (probe.httpGet) {
    probe.httpGet.path ??= '/';
    probe.httpGet.scheme ??= 'HTTP';
  }
  probe.timeoutSeconds ??= 1;
  probe.periodSeconds ??= 10;
  probe.successThreshold ??= 1;
  probe.failureThreshold ??= 3;
}

function applyVolumeDefaults(volume: any): void {
  if (Object.keys(volume).length === 1) {
    volume.emptyDir = {};
  }
  for (const source of ['secret', 'configMap', 'projected', 'downwardAPI']) {
    if (volume[source]) {
      volume[source].defaultMode ??= FILE_MODE_0644;
    }
  }
  if (volume.hostPath) {
    volume.hostPath.type ??= '';
  }
  if (volume.image) {
    volume.image.pullPolicy ??= isLatest(volume.image.reference ?? '')
      ? 'Always'
      : 'IfNotPresent';
  }
  const items = [
    ...(volume.downwardAPI?.items ?? []),
    ...(volume.projected?.sources ?? []).flatMap((source: any) => {
      if (source.serviceAccountToken) {
        source.serviceAccountToken.expirationSeconds ??= 3600;
      }
      return source.downwardAPI?.items ?? [];
    }),
  ];
  for (const item of items) {
    if (item.fieldRef) {
      item.fieldRef.apiVersion ??= 'v1';
    }
  }
}
