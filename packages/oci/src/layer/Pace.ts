/** How much is sent unpacked to learn how fast the link is, in bytes: more than the buffers of a connection hold. */
const PROBE_BYTES = 16 * 1024 * 1024;
/** A slow link shows itself sooner. In milliseconds. */
const PROBE_MS = 200;
/** Then that is believed for so long, in bytes of the archive. */
const TRUST_BYTES = 512 * 1024 * 1024;

/**
 * Decides whether packing pays, from what it is told of link and packing. Unpacked, the link has to carry every byte; packed, it
 * carries fewer, but none can go faster than they are packed. So packing pays if it is faster than the link and the data shrink.
 * All rates in bytes a millisecond.
 */
export class Pace {
  private probe = { bytes: 0, ms: 0 };
  private linkRate?: number;
  private packRate?: number;
  private ratio = 0;
  private sinceProbe = 0;

  constructor(private readonly lanes: number) {}

  /** How the next part should go. */
  get shouldPack(): boolean {
    if (this.linkRate === undefined) {
      return false;
    }
    if (this.packRate === undefined) {
      return true;
    }
    return this.packRate > this.linkRate && this.ratio < 0.95;
  }

  /** `ms`: how long the link kept us waiting for `bytes`; next to nothing if it was not what was waited for. */
  noteSent(bytes: number, ms: number): void {
    if (this.linkRate !== undefined) {
      this.sinceProbe += bytes;
      if (this.sinceProbe >= TRUST_BYTES) this.askAgain();
      return;
    }
    this.probe.bytes += bytes;
    this.probe.ms += ms;
    if (this.probe.bytes >= PROBE_BYTES || this.probe.ms >= PROBE_MS) {
      this.linkRate = this.probe.bytes / Math.max(this.probe.ms, 0.1);
    }
  }

  /** `ms`: how long one lane took. */
  notePacked(bytes: number, packedBytes: number, ms: number): void {
    const rate = (bytes * this.lanes) / Math.max(ms, 0.01);
    this.packRate = blend(this.packRate, rate);
    this.ratio = blend(this.ratio || undefined, packedBytes / bytes);
  }

  private askAgain(): void {
    this.probe = { bytes: 0, ms: 0 };
    this.linkRate = undefined;
    this.packRate = undefined;
    this.ratio = 0;
    this.sinceProbe = 0;
  }
}

function blend(known: number | undefined, seen: number): number {
  return known === undefined ? seen : 0.8 * known + 0.2 * seen;
}
