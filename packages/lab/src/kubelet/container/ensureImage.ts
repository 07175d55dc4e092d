import type { KubeObject } from '../../api/ClusterStore';
import { parseImageReference } from '../../images/ImageReference';
import type { StoredImage } from '../../images/StoredImage';
import { tellAbout, type NodeContext } from '../NodeContext';
import { disturbPull } from '../nodeFaults';
import { BackoffTimer, sleep, unlessStopped } from '../pod/waiting';

/** The pull policy forbids what would be needed. */
class NeverPulled extends Error {}

/** An image that is wanted for a pod. */
export interface WantedImage {
  reference: string;
  pullPolicy?: 'Always' | 'IfNotPresent' | 'Never';
  /** What its Events are about, for example `spec.containers{app}`. */
  fieldPath?: string;
  /** Told while it cannot be had. */
  onWaiting: (reason: string, message: string) => void;
}

/** The image as the node has it; pulls it by the policy, again and again until that works or the pod is stopped. */
export async function ensureImage(
  node: NodeContext,
  pod: KubeObject,
  wanted: WantedImage,
  signal: AbortSignal,
): Promise<StoredImage> {
  const { reference, fieldPath, onWaiting } = wanted;
  const policy = wanted.pullPolicy ?? defaultPolicy(reference);
  const tell = (type: 'Normal' | 'Warning', reason: string, message: string) =>
    tellAbout(node, pod, type, reason, message, fieldPath);

  const backoff = new BackoffTimer(node.backoff);
  for (;;) {
    const present =
      policy === 'Always' ? undefined : node.images.find(reference);
    if (present) {
      tell(
        'Normal',
        'Pulled',
        `Container image "${reference}" already present on machine and can be accessed by the pod`,
      );
      return present;
    }
    try {
      if (policy === 'Never') {
        throw new NeverPulled(
          `Container image "${reference}" is not present with pull policy of Never`,
        );
      }
      tell('Normal', 'Pulling', `Pulling image "${reference}"`);
      const began = Date.now();
      await disturbPull(node, reference, signal);
      const image = await unlessStopped(node.images.pull(reference), signal);
      const took = formatDuration(Date.now() - began);
      tell(
        'Normal',
        'Pulled',
        `Successfully pulled image "${reference}" in ${took} (${took} including waiting). Image size: ${image.sizeBytes} bytes.`,
      );
      return image;
    } catch (error) {
      if (signal.aborted) {
        throw error;
      }
      const { message } = error as Error;
      if (error instanceof NeverPulled) {
        tell('Warning', 'ErrImageNeverPull', message);
        tell('Warning', 'Failed', 'Error: ErrImageNeverPull');
        onWaiting('ErrImageNeverPull', message);
        await sleep(backoff.next(), signal);
        continue;
      }
      tell(
        'Warning',
        'Failed',
        `Failed to pull image "${reference}": ${message}`,
      );
      tell('Warning', 'Failed', 'Error: ErrImagePull');
      onWaiting('ErrImagePull', message);
      const seconds = backoff.next();
      // The status names the failure first and the waiting after it, as it does between two syncs of a kubelet.
      await sleep(seconds / 2, signal);
      tell('Normal', 'BackOff', `Back-off pulling image "${reference}"`);
      tell('Warning', 'Failed', 'Error: ImagePullBackOff');
      onWaiting(
        'ImagePullBackOff',
        `Back-off pulling image "${reference}": ErrImagePull: ${message}`,
      );
      await sleep(seconds / 2, signal);
    }
  }
}

function defaultPolicy(reference: string): 'Always' | 'IfNotPresent' {
  const { tag, digest } = parseImageReference(reference) ?? {};
  return tag === 'latest' && !digest ? 'Always' : 'IfNotPresent';
}

/** As Go prints a duration that was rounded to milliseconds: `87ms`, `4.648s`. */
function formatDuration(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds}ms` : `${milliseconds / 1000}s`;
}
