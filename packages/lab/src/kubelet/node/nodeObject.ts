import os from 'node:os';
import { readFileSync, statfsSync } from 'node:fs';
import type { StoredImage } from '../../images/StoredImage';

export const KUBELET_PORT = 10250;
const KUBELET_VERSION = 'v1.36.2';
/** As many as a node reports (node-status-max-images). */
const MAX_IMAGES = 50;

/** What a node says about itself. */
export interface NodeFacts {
  name: string;
  address: string;
  runtimeVersion: string;
  runtimeKind: string;
  stateDir: string;
  images: StoredImage[];
  isFull: boolean;
  now: string;
}

/** The labels that every node has, and which runtime of the lab it uses. */
export function nodeLabels({
  name,
  runtimeKind,
}: NodeFacts): Record<string, string> {
  const architecture = architectureName();
  return {
    'beta.kubernetes.io/arch': architecture,
    'beta.kubernetes.io/os': 'linux',
    'cubemig.io/lab-runtime': runtimeKind,
    'kubernetes.io/arch': architecture,
    'kubernetes.io/hostname': name,
    'kubernetes.io/os': 'linux',
  };
}

/** A node's status; `previous` keeps the times of conditions that have not changed. */
export function nodeStatus(facts: NodeFacts, previous: any = {}): any {
  const memory = `${Math.floor(os.totalmem() / 1024)}Ki`;
  const disk = statfsSync(facts.stateDir);
  const diskBytes = disk.blocks * disk.bsize;
  const resources = {
    cpu: `${os.cpus().length}`,
    memory,
    pods: '110',
  };
  return {
    ...previous,
    capacity: {
      ...resources,
      'ephemeral-storage': `${Math.floor(diskBytes / 1024)}Ki`,
    },
    allocatable: {
      ...resources,
      // 10 % are kept back for the node (evictionHard nodefs.available).
      'ephemeral-storage': `${Math.floor(diskBytes * 0.9)}`,
    },
    conditions: nodeConditions(facts, previous.conditions),
    addresses: [
      { type: 'InternalIP', address: facts.address },
      { type: 'Hostname', address: facts.name },
    ],
    daemonEndpoints: { kubeletEndpoint: { Port: KUBELET_PORT } },
    nodeInfo: {
      machineID: '',
      systemUUID: '',
      bootID: bootId(),
      kernelVersion: os.release(),
      osImage: osImage(),
      containerRuntimeVersion: facts.runtimeVersion,
      kubeletVersion: KUBELET_VERSION,
      kubeProxyVersion: '',
      operatingSystem: 'linux',
      architecture: architectureName(),
    },
    images: facts.images
      .filter(({ names }) => names.length > 0)
      .sort((a, b) => b.sizeBytes - a.sizeBytes)
      .slice(0, MAX_IMAGES)
      .map(({ names, sizeBytes }) => ({ names, sizeBytes })),
  };
}

function nodeConditions({ now, isFull }: NodeFacts, previous: any[] = []) {
  const condition = (
    type: string,
    status: string,
    reason: string,
    message: string,
  ) => ({
    type,
    status,
    lastHeartbeatTime: now,
    lastTransitionTime:
      previous.find(other => other.type === type && other.status === status)
        ?.lastTransitionTime ?? now,
    reason,
    message,
  });
  return [
    condition(
      'MemoryPressure',
      'False',
      'KubeletHasSufficientMemory',
      'kubelet has sufficient memory available',
    ),
    isFull
      ? condition(
          'DiskPressure',
          'True',
          'KubeletHasDiskPressure',
          'kubelet has disk pressure',
        )
      : condition(
          'DiskPressure',
          'False',
          'KubeletHasNoDiskPressure',
          'kubelet has no disk pressure',
        ),
    condition(
      'PIDPressure',
      'False',
      'KubeletHasSufficientPID',
      'kubelet has sufficient PID available',
    ),
    condition(
      'Ready',
      'True',
      'KubeletReady',
      'kubelet is posting ready status',
    ),
  ];
}

function architectureName(): string {
  return process.arch === 'x64' ? 'amd64' : process.arch;
}

function bootId(): string {
  return readFact('/proc/sys/kernel/random/boot_id').trim();
}

function osImage(): string {
  return (
    readFact('/etc/os-release').match(/^PRETTY_NAME="?([^"\n]*)/m)?.[1] ??
    os.type()
  );
}

function readFact(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
