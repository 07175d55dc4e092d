import { PodStopped, sleep } from '../pod/waiting';
import { probeOnce } from './probe';

export interface ProbeListeners {
  /** The readiness probe's verdict has changed. */
  onReadiness: (isReady: boolean) => void;
  /** The startup probe has passed, or there is none. */
  onStarted: () => void;
  /** A probe has failed once; for the Event. */
  onFailure: (
    probe: 'Startup' | 'Readiness' | 'Liveness',
    message: string,
  ) => void;
  /** The startup or liveness probe has failed for good: the container has to be killed. */
  onUnhealthy: (probe: 'startup' | 'liveness') => void;
}

/** Probes a running container until the signal says that it runs no more. */
export function runProbes(
  container: any,
  podIP: string,
  signal: AbortSignal,
  listeners: ProbeListeners,
): void {
  const target = { podIP, ports: container.ports ?? [] };
  const watch = async (
    kind: 'Startup' | 'Readiness' | 'Liveness',
    probe: any,
    onVerdict: (passes: boolean) => boolean,
  ) => {
    const period = probe.periodSeconds ?? 10;
    let inARow = 0;
    let passed: boolean | undefined;
    await sleep(probe.initialDelaySeconds ?? 0, signal);
    for (;;) {
      const failure = await probeOnce(probe, target);
      if (signal.aborted) {
        return;
      }
      if (failure !== undefined) {
        listeners.onFailure(kind, failure);
      }
      inARow = passed === (failure === undefined) ? inARow + 1 : 1;
      passed = failure === undefined;
      const threshold = passed
        ? probe.successThreshold ?? 1
        : probe.failureThreshold ?? 3;
      if (inARow >= threshold && onVerdict(passed)) {
        return;
      }
      await sleep(period, signal);
    }
  };
  const run = async () => {
    const { startupProbe, readinessProbe, livenessProbe } = container;
    if (startupProbe) {
      await watch('Startup', startupProbe, passes => {
        if (!passes) {
          listeners.onUnhealthy('startup');
        }
        return true;
      });
    }
    listeners.onStarted();
    if (!readinessProbe) {
      listeners.onReadiness(true);
    }
    await Promise.all([
      readinessProbe &&
        watch('Readiness', readinessProbe, passes => {
          listeners.onReadiness(passes);
          return false;
        }),
      livenessProbe &&
        watch('Liveness', livenessProbe, passes => {
          if (!passes) {
            listeners.onUnhealthy('liveness');
          }
          return !passes;
        }),
    ]);
  };
  run().catch(error => {
    if (!(error instanceof PodStopped)) {
      throw error;
    }
  });
}
