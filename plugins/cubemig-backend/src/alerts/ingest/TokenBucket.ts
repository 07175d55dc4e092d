/** Lets so many through a second, and twice as many in a burst. */
export class TokenBucket {
  private tokens: number;
  private refilledAt: number;

  constructor(
    private readonly perSecond: number,
    private readonly now: () => number = Date.now,
  ) {
    this.tokens = perSecond * 2;
    this.refilledAt = now();
  }

  /** Whether `count` more may pass; if so, they count. */
  take(count: number): boolean {
    const now = this.now();
    const refill = ((now - this.refilledAt) / 1000) * this.perSecond;
    this.tokens = Math.min(this.perSecond * 2, this.tokens + refill);
    this.refilledAt = now;
    if (this.tokens < count) return false;
    this.tokens -= count;
    return true;
  }
}
