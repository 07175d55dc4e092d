import { RetentionConfig } from './retentionConfig';

/** A migration that is over and whose images lie in the registry. */
export interface KeptImages {
  id: string;
  /** The workload, of one namespace of one cluster. */
  workload: string;
  hasCompleted: boolean;
  /** Taken for what is in it, not to move: a failure does not make it worthless. */
  isEvidence: boolean;
  /** Somebody holds it, or a restore needs it now. */
  isProtected: boolean;
  /** ISO 8601. */
  finishedAt: string;
  bytes: number;
}

const HOUR_MS = 3_600_000;
const GIGABYTE = 1e9;

/** Which images have to go, and why, in words that follow "because". What is protected stays, and takes no other's place. */
export function chooseDiscarded(
  kept: readonly KeptImages[],
  policy: RetentionConfig,
  now: number,
): Map<string, string> {
  const discarded = new Map<string, string>();
  const isOlder = ({ finishedAt }: KeptImages, hours: number) =>
    now - Date.parse(finishedAt) > hours * HOUR_MS;
  const newestFirst = kept
    .filter(({ isProtected }) => !isProtected)
    .sort((a, b) => (a.finishedAt < b.finishedAt ? 1 : -1));
  const discard = (why: string, isToGo: (images: KeptImages) => boolean) => {
    for (const images of newestFirst) {
      if (!discarded.has(images.id) && isToGo(images)) {
        discarded.set(images.id, why);
      }
    }
  };

  discard(
    'the migration had failed',
    images =>
      !images.hasCompleted &&
      !images.isEvidence &&
      isOlder(images, policy.keepFailedHours),
  );
  discard(`they were older than ${policy.maxAgeDays} days`, images =>
    isOlder(images, policy.maxAgeDays * 24),
  );
  const perWorkload = new Map<string, number>();
  discard(
    `the workload had ${policy.keepPerWorkload} newer ones`,
    ({ workload }) => {
      const newer = perWorkload.get(workload) ?? 0;
      perWorkload.set(workload, newer + 1);
      return newer >= policy.keepPerWorkload;
    },
  );
  const limit = (policy.maxTotalGigabytes ?? Infinity) * GIGABYTE;
  let total = sum(kept.filter(({ isProtected }) => isProtected));
  discard(
    `all images together would take more than ${policy.maxTotalGigabytes} GB`,
    ({ bytes }) => {
      total += bytes;
      return total > limit;
    },
  );
  return discarded;
}

function sum(images: KeptImages[]) {
  return images.reduce((total, { bytes }) => total + bytes, 0);
}
