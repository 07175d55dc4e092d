/** How much of a pod's row fits beside its name; the rest is folded under it. */
export type PodLayout = 'wide' | 'medium' | 'narrow';

const MEDIUM_BELOW = 640;
const NARROW_BELOW = 440;

/** Chooses by the width of the pane in pixels; 0 means that it has not been measured. */
export function layoutFor(width: number): PodLayout {
  if (width === 0 || width >= MEDIUM_BELOW) return 'wide';
  return width >= NARROW_BELOW ? 'medium' : 'narrow';
}
