/** How much is sent unpacked to learn how fast the link is, in bytes: more than the buffers of a connection hold. */
const PROBE_BYTES = 16 * 1024 * 1024;
/** A slow link shows itself sooner. In milliseconds. */
const PROBE_MS = 200;
/** How much is then packed to learn how fast that is and what it saves, in bytes of the archive. */
const TRIAL_BYTES = 16 * 1024 * 1024;
/** For how long what was learned is believed, in bytes of the archive: memory differs from place to place. */
const TRUST_BYTES = 192 * 1024 * 1024;

/** Below this much packing saves too little. */
const USEFUL_RATIO = 0.95;

class Rate {
  bytes = 0;
  ms = 0;

  add(bytes: number, ms: number): void {
    this.bytes += bytes;
    this.ms += ms;
  }

  /** Bytes a millisecond. */
  get value(): number {
    return this.bytes / Math.max(this.ms, 0.1);
  }
}

/**
 * Decides whether packing pays, from what it is told of link and packing. Unpacked, the link has to carry every byte; packed, it
 * carries fewer, but none can go faster than they are packed. So packing pays if it is faster than the link and the data shrink.
 */
export class Pace {
  private link = new Rate();
  private packing = new Rate();
  private packedBytes = 0;
  private verdict?: boolean;
  private trusted = 0;

  constructor(private readonly lanes: number) {}

  /** How the next part should go. */
  get shouldPack(): boolean {
    return this.verdict ?? this.isLinkKnown;
  }

  /** `ms`: how long the link kept us waiting for `bytes`; next to nothing if it was not what was waited for. */
  noteSent(bytes: number, ms: number): void {
    if (this.verdict === undefined) {
      if (!this.isLinkKnown) this.link.add(bytes, ms);
      return;
    }
    this.trusted += bytes;
    if (this.trusted >= TRUST_BYTES) this.askAgain();
  }

  /** `ms`: how long one lane took. */
  notePacked(bytes: number, packedBytes: number, ms: number): void {
    if (this.verdict !== undefined) {
      return;
    }
    this.packing.add(bytes * this.lanes, ms);
    this.packedBytes += packedBytes;
    const tried = this.packing.bytes / this.lanes;
    if (tried >= TRIAL_BYTES) {
      this.verdict =
        this.packing.value > this.link.value &&
        this.packedBytes < USEFUL_RATIO * tried;
    }
  }

  private get isLinkKnown(): boolean {
    return this.link.bytes >= PROBE_BYTES || this.link.ms >= PROBE_MS;
  }

  private askAgain(): void {
    this.link = new Rate();
    this.packing = new Rate();
    this.packedBytes = 0;
    this.verdict = undefined;
    this.trusted = 0;
  }
}
