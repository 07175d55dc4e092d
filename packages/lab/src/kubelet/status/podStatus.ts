import type { KubeObject } from '../../api/ClusterStore';
import type { PodCondition } from '../../api/podReadiness';
import type { ContainerRecord } from '../container/ContainerRecord';
import { containerStatus } from './containerStatus';
import { qosClass } from './qosClass';

/** What a pod's status is made of. */
export interface PodFacts {
  hostIP: string;
  /** While it has a sandbox, and the last one after that. */
  podIP?: string;
  hasSandbox: boolean;
  startTime: string;
  initContainers: ContainerRecord[];
  containers: ContainerRecord[];
  /** Scheme of container IDs, for example `cri-o`. */
  runtimeName: string;
  /** The kubelet has stopped it: no container will be started any more. */
  isTerminal: boolean;
}

type Phase = 'Pending' | 'Running' | 'Succeeded' | 'Failed';

const ownConditions = [
  'PodReadyToStartContainers',
  'Initialized',
  'Ready',
  'ContainersReady',
  'PodScheduled',
];

/**
 * A pod's status as a kubelet words it (pkg/kubelet/kubelet_pods.go and status/generate.go). `Ready` is left to the store, which derives
 * it from `ContainersReady` and the readiness gates at every write.
 */
export function podStatus(pod: KubeObject, facts: PodFacts, now: string): any {
  const previous = pod.status ?? {};
  const phase = podPhase(pod, facts);
  const generation = pod.metadata.generation ?? 1;
  const { requests, limits } = podResources(pod);
  return {
    ...previous,
    observedGeneration: generation,
    phase,
    conditions: mergeConditions(
      previous.conditions ?? [],
      pod,
      facts,
      phase,
      now,
    ),
    hostIP: facts.hostIP,
    hostIPs: [{ ip: facts.hostIP }],
    ...(facts.podIP
      ? { podIP: facts.podIP, podIPs: [{ ip: facts.podIP }] }
      : {}),
    startTime: facts.startTime,
    ...(facts.initContainers.length > 0
      ? {
          initContainerStatuses: facts.initContainers.map(record =>
            containerStatus(
              specOf(pod.spec.initContainers, record),
              record,
              facts.runtimeName,
              true,
            ),
          ),
        }
      : {}),
    containerStatuses: facts.containers.map(record =>
      containerStatus(
        specOf(pod.spec.containers, record),
        record,
        facts.runtimeName,
        false,
      ),
    ),
    qosClass: previous.qosClass ?? qosClass(pod),
    ...(requests ? { allocatedResources: requests } : {}),
    resources: {
      ...(limits ? { limits } : {}),
      ...(requests ? { requests } : {}),
    },
  };
}

/** kubelet_pods.go, getPhase. */
export function podPhase(pod: KubeObject, facts: PodFacts): Phase {
  const restartPolicy = pod.spec.restartPolicy ?? 'Always';
  const failedInit = facts.initContainers.some(
    ({ state }) => (state.terminated?.exitCode ?? 0) !== 0,
  );
  if (failedInit && restartPolicy === 'Never') {
    return 'Failed';
  }
  const isInitialized = facts.initContainers.every(
    ({ state }) => state.terminated?.exitCode === 0,
  );
  const ended = facts.containers.filter(
    ({ state, lastState }) =>
      state.terminated || (state.waiting && lastState.terminated),
  );
  const isRunning = facts.containers.some(({ state }) => state.running);
  const isWaiting = facts.containers.some(
    ({ state, lastState }) => state.waiting && !lastState.terminated,
  );
  if (facts.isTerminal) {
    return facts.containers.every(
      ({ state }) => state.terminated?.exitCode === 0,
    )
      ? 'Succeeded'
      : 'Failed';
  }
  if (!isInitialized || isWaiting) {
    return 'Pending';
  }
  if (isRunning || ended.length === 0 || restartPolicy === 'Always') {
    return 'Running';
  }
  if (ended.every(({ state }) => state.terminated?.exitCode === 0)) {
    return 'Succeeded';
  }
  return restartPolicy === 'Never' ? 'Failed' : 'Running';
}

function mergeConditions(
  previous: PodCondition[],
  pod: KubeObject,
  facts: PodFacts,
  phase: Phase,
  now: string,
): PodCondition[] {
  const findPrevious = (type: string) =>
    previous.find(condition => condition.type === type);
  const compose = (type: string, verdict: Verdict): PodCondition => {
    const before = findPrevious(type);
    return {
      type,
      observedGeneration: pod.metadata.generation ?? 1,
      status: verdict.isTrue ? 'True' : 'False',
      lastProbeTime: null,
      lastTransitionTime:
        before?.lastTransitionTime &&
        before.status === (verdict.isTrue ? 'True' : 'False')
          ? before.lastTransitionTime
          : now,
      ...(verdict.reason ? { reason: verdict.reason } : {}),
      ...(verdict.message ? { message: verdict.message } : {}),
    };
  };
  const containersReady = judgeContainers(facts, phase);
  return [
    compose('PodReadyToStartContainers', { isTrue: facts.hasSandbox }),
    compose('Initialized', judgeInitialized(facts, phase)),
    findPrevious('Ready') ?? compose('Ready', containersReady),
    compose('ContainersReady', containersReady),
    findPrevious('PodScheduled') ?? compose('PodScheduled', { isTrue: true }),
    ...previous.filter(({ type }) => !ownConditions.includes(type)),
  ];
}

interface Verdict {
  isTrue: boolean;
  reason?: string;
  message?: string;
}

function judgeInitialized(facts: PodFacts, phase: Phase): Verdict {
  if (phase === 'Succeeded') {
    return { isTrue: true, reason: 'PodCompleted' };
  }
  const open = facts.initContainers.filter(
    ({ state }) => state.terminated?.exitCode !== 0,
  );
  return open.length === 0
    ? { isTrue: true }
    : {
        isTrue: false,
        reason: 'ContainersNotInitialized',
        message: `containers with incomplete status: [${names(open)}]`,
      };
}

function judgeContainers(facts: PodFacts, phase: Phase): Verdict {
  if (phase === 'Succeeded') {
    return { isTrue: false, reason: 'PodCompleted' };
  }
  if (phase === 'Failed') {
    return { isTrue: false, reason: 'PodFailed' };
  }
  const unready = facts.containers.filter(record => !isReady(record));
  return unready.length === 0
    ? { isTrue: true }
    : {
        isTrue: false,
        reason: 'ContainersNotReady',
        message: `containers with unready status: [${names(unready)}]`,
      };
}

function isReady({ state, passesReadiness }: ContainerRecord): boolean {
  return state.running !== undefined && passesReadiness;
}

function names(records: ContainerRecord[]): string {
  return records.map(({ name }) => name).join(' ');
}

function specOf(specs: any[], { name }: ContainerRecord): any {
  return specs.find(spec => spec.name === name);
}

/** What a pod of one container asks for; sums over several are left out, nothing here needs them. */
function podResources({ spec }: KubeObject) {
  const [only, ...others] = spec.containers;
  return others.length > 0 ? {} : only.resources ?? {};
}
