import { applyReadyCondition } from '../../api/podReadiness';
import type { ContainerRecord } from '../container/ContainerRecord';
import recorded from './__fixtures__/pods.json';
import { PodFacts, podPhase, podStatus } from './podStatus';

const NOW = '2026-11-23T01:00:00Z';

/** What a kubelet must have known to write a recorded status. */
function factsOf(status: any): PodFacts {
  const record = (container: any): ContainerRecord => ({
    name: container.name,
    state: container.state,
    lastState: container.lastState,
    restartCount: container.restartCount,
    image: container.image,
    imageID: container.imageID,
    containerId: container.containerID?.replace('cri-o://', ''),
    passesReadiness: container.ready,
    hasStarted: container.started,
  });
  const condition = status.conditions.find(
    ({ type }: any) => type === 'PodReadyToStartContainers',
  );
  return {
    hostIP: status.hostIP,
    podIP: status.podIP,
    hasSandbox: condition.status === 'True',
    startTime: status.startTime,
    initContainers: (status.initContainerStatuses ?? []).map(record),
    containers: status.containerStatuses.map(record),
    runtimeName: 'cri-o',
    isTerminal: false,
  };
}

/** Of these conditions Kubernetes' API server of that time said the limit of an unlimited control group (v1). */
function withoutControlGroupLimit(status: any) {
  const unlimited = status.resources?.limits?.memory === '9007199254740988Ki';
  return unlimited ? { ...status, resources: {} } : status;
}

describe('podStatus', () => {
  it.each(Object.entries(recorded))(
    'words the status of a pod %s as a real kubelet',
    (_name, pod: any) => {
      const known = { ...pod, status: { conditions: pod.status.conditions } };

      const status = podStatus(known, factsOf(pod.status), NOW);
      applyReadyCondition({ ...known, status }, NOW);

      expect(status).toEqual(withoutControlGroupLimit(pod.status));
    },
  );

  it('keeps what others say about the pod, and the time of what has not changed', () => {
    const pod: any = recorded['restored and restarted'];
    const gate = { type: 'cubemig.io/validated', status: 'True' };
    const known = {
      ...pod,
      status: { ...pod.status, conditions: [...pod.status.conditions, gate] },
    };
    const facts = factsOf(pod.status);
    facts.containers[0].passesReadiness = false;

    const { conditions } = podStatus(known, facts, NOW);

    expect(conditions).toContainEqual(gate);
    const times = Object.fromEntries(
      conditions.map(({ type, lastTransitionTime }: any) => [
        type,
        lastTransitionTime,
      ]),
    );
    expect(times).toMatchObject({
      Initialized: '2026-11-23T00:48:05Z',
      ContainersReady: NOW,
    });
  });
});

describe('podPhase', () => {
  const ended = (exitCode: number) => ({ terminated: { exitCode } });
  const running = { running: { startedAt: NOW } };
  const waiting = { waiting: { reason: 'CrashLoopBackOff' } };

  it.each<[string, string, any[], any[], string]>([
    ['nothing has started', 'Always', [{ waiting: {} }], [], 'Pending'],
    ['one of two runs', 'Always', [running, { waiting: {} }], [], 'Pending'],
    [
      'an init container runs',
      'Always',
      [{ waiting: {} }],
      [running],
      'Pending',
    ],
    [
      'an init container failed',
      'Never',
      [{ waiting: {} }],
      [ended(1)],
      'Failed',
    ],
    ['it runs', 'Never', [running], [ended(0)], 'Running'],
    ['it waits for its restart', 'Always', [waiting], [], 'Running'],
    ['it ended and will be restarted', 'Always', [ended(0)], [], 'Running'],
    ['it failed and will be restarted', 'OnFailure', [ended(1)], [], 'Running'],
    ['it ended well', 'OnFailure', [ended(0)], [], 'Succeeded'],
    ['one of two failed', 'Never', [ended(0), ended(2)], [], 'Failed'],
  ])('when %s (%s)', (_name, restartPolicy, states, initStates, phase) => {
    const record = (state: any) => ({
      state,
      lastState: state === waiting ? ended(1) : {},
    });
    const facts: any = {
      containers: states.map(record),
      initContainers: initStates.map(record),
    };

    expect(podPhase({ spec: { restartPolicy } } as any, facts)).toBe(phase);
  });
});
