import { Clusters } from '../../clusters';
import { afterChanges } from './afterChanges';

/** Clusters whose worker dies, when it is told to, right after it has changed something: the change is made, and nobody noted it. */
export class Crashes {
  /** Ends the worker, and lets another take over. */
  onCrash: () => Promise<void> = async () => {};
  private changesLeft = Infinity;
  /** Whether the worker has died since `after` was called. */
  hasCrashed = false;
  readonly clusters: Clusters;

  constructor(real: Clusters) {
    this.clusters = afterChanges(real, () => this.countDown());
  }

  /** The worker dies of the change with this number, counted from 1. */
  after(change: number) {
    this.changesLeft = change;
    this.hasCrashed = false;
  }

  private countDown() {
    this.changesLeft -= 1;
    if (this.changesLeft > 0) return;
    this.changesLeft = Infinity;
    this.hasCrashed = true;
    this.onCrash();
    throw new Error('The worker died here');
  }
}
