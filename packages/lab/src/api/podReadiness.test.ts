import type { KubeObject } from './ClusterStore';
import { applyReadyCondition, type PodCondition } from './podReadiness';

const GATE = 'cubemig.io/validated';

function podWith(...conditions: PodCondition[]): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'p',
      uid: '',
      resourceVersion: '',
      creationTimestamp: '',
    },
    spec: { readinessGates: [{ conditionType: GATE }] },
    status: { conditions },
  };
}

function readyOf(pod: KubeObject, now = 'now') {
  applyReadyCondition(pod, now);
  return pod.status.conditions.find((c: PodCondition) => c.type === 'Ready');
}

describe('applyReadyCondition', () => {
  it('keeps a pod that runs unready while its gate has no condition', () => {
    expect(
      readyOf(podWith({ type: 'ContainersReady', status: 'True' })),
    ).toMatchObject({
      status: 'False',
      reason: 'ReadinessGatesNotReady',
      message: `corresponding condition of pod readiness gate "${GATE}" does not exist.`,
    });
  });

  it('turns Ready when the gate opens, and keeps the time while nothing changes', () => {
    const pod = podWith(
      { type: 'ContainersReady', status: 'True' },
      { type: GATE, status: 'True' },
      {
        type: 'Ready',
        status: 'False',
        reason: 'ReadinessGatesNotReady',
        message: 'x',
        lastTransitionTime: 'before',
      },
    );
    const opened = {
      type: 'Ready',
      status: 'True',
      lastProbeTime: null,
      lastTransitionTime: 'opened',
    };
    expect(readyOf(pod, 'opened')).toEqual(opened);
    expect(readyOf(pod, 'later')).toEqual(opened);
  });

  it('says what the containers say while they are not ready', () => {
    expect(
      readyOf(
        podWith({
          type: 'ContainersReady',
          status: 'False',
          reason: 'PodCompleted',
        }),
      ),
    ).toMatchObject({ status: 'False', reason: 'PodCompleted' });
  });

  it('leaves a pod alone that no kubelet has seen', () => {
    expect(readyOf(podWith())).toBeUndefined();
  });
});
