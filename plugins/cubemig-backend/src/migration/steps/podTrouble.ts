import { courierResultSchema } from '@cubemig/plugin-cubemig-common';
import { ClusterClient, DeadlineError, KubePod } from '../../clusters';
import { explainFailure, ProblemError } from '../../failures';

/** Reasons that do not pass by themselves. `ErrImagePull` does sometimes; it turns into `ImagePullBackOff` if not. */
const LASTING = [
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
  'CrashLoopBackOff',
];

const MAX_EVENTS = 10;

/** The reasons for which containers of a pod wait, among those that do not pass. */
export function lastingReasons(pod: KubePod): string[] {
  return waiting(pod)
    .map(({ reason }) => reason ?? '')
    .filter(reason => LASTING.includes(reason));
}

/** What a pod, its containers and its events say is wrong, explained. */
export async function explainPod(
  client: ClusterClient,
  pod: KubePod,
): Promise<ProblemError> {
  const texts = [
    pod.status?.message,
    ...(pod.status?.conditions ?? [])
      .filter(c => c.type === 'PodScheduled' && c.status === 'False')
      .map(({ message }) => message),
    ...waiting(pod).map(({ reason, message }) => message || reason),
    ...[
      ...(pod.status?.initContainerStatuses ?? []),
      ...(pod.status?.containerStatuses ?? []),
    ].map(({ state }) => lastWords(state?.terminated)),
    // What the kubelet says last of a container is often a mere "back-off": the cause stands in the events.
    ...(await readWarnings(client, pod.metadata!)),
  ];
  return new ProblemError(explainFailure(withoutRepetition(texts).join('; ')));
}

/** What a pod that is late says is wrong; that it is late, if it says nothing that is known. */
export async function explainLateness(
  client: ClusterClient,
  pod: KubePod,
  lateness: DeadlineError,
): Promise<ProblemError | DeadlineError> {
  const explained = await explainPod(client, pod);
  return explained.problem.code === 'unexplained' ? lateness : explained;
}

/** The latest warnings among an object's events. */
export async function readWarnings(
  client: ClusterClient,
  { namespace, uid }: { namespace?: string; uid?: string },
): Promise<string[]> {
  const events = await client
    .list('Event', { namespace, fieldSelector: `involvedObject.uid=${uid}` })
    .catch(() => []);
  return events
    .filter(event => event.type === 'Warning')
    .slice(-MAX_EVENTS)
    .map(({ message = '' }) => message);
}

/** Status and events often say the same, the event with an `Error: ` before it. */
function withoutRepetition(texts: (string | undefined)[]): string[] {
  const plain = texts.map(text => (text ?? '').replace(/^Error: /, '').trim());
  return [...new Set(plain)].filter(
    text =>
      text && !plain.some(other => other !== text && other.includes(text)),
  );
}

/** Of a courier that ran as an init container, its result's failure. What ended well has nothing to explain. */
function lastWords(
  terminated:
    | { exitCode: number; message?: string; reason?: string }
    | undefined,
): string | undefined {
  if (!terminated || terminated.exitCode === 0) return undefined;
  const { message, reason } = terminated;
  try {
    const result = courierResultSchema.parse(JSON.parse(message ?? ''));
    return result.failure?.message ?? reason;
  } catch {
    return message || reason;
  }
}

function waiting(pod: KubePod) {
  return [
    ...(pod.status?.initContainerStatuses ?? []),
    ...(pod.status?.containerStatuses ?? []),
  ].flatMap(({ state }) => state?.waiting ?? []);
}
