import { createHash, Hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { LayerCipher } from '../encryption/LayerCipher';
import { Descriptor, mediaTypes } from '../image/manifest';
import { Compression, createPacker } from './compression';
import { GarbageCollection } from './GarbageCollection';
import { joinParts } from './joinParts';
import { Pace } from './Pace';
import { packParts } from './packParts';
import { PartPool } from './PartPool';
import { readParts } from './readParts';

const layerTypes: Record<Compression, string> = {
  none: mediaTypes.layer,
  gzip: mediaTypes.layerGzip,
  zstd: mediaTypes.layerZstd,
  auto: mediaTypes.layerZstd,
};

export interface LayerPlan {
  /** The archive, an uncompressed tar: a file's path or a stream. */
  archive: string | Readable;
  compression: Compression;
  /** What the layer is, where it is no tar; without the suffix of encryption. */
  mediaType?: string;
  /** Public keys (RSA, PEM) to encrypt for; none: not encrypted. */
  recipients?: string[];
  /** Called for each part, with what has been read and made so far, in bytes. */
  onBytes: (archiveBytes: number, layerBytes: number) => void;
}

export interface MadeLayer {
  layer: Descriptor;
  /** Digest of the archive itself. */
  diffId: string;
  archiveBytes: number;
}

/** Makes a layer of an archive in one pass: reads, hashes, packs, encrypts, hashes again, in constant memory. */
export class LayerMaker {
  private readonly pool = new PartPool();
  private archiveBytes = 0;
  private layerBytes = 0;
  private readonly plainHash = createHash('sha256');
  private readonly packedHash?: Hash;
  private readonly cipher?: LayerCipher;
  private readonly cipherHash?: Hash;
  private readonly garbage?: GarbageCollection;

  constructor(private readonly plan: LayerPlan) {
    if (plan.compression !== 'none') {
      this.packedHash = createHash('sha256');
    }
    if (plan.recipients?.length || plan.compression !== 'none') {
      this.garbage = new GarbageCollection();
    }
    if (plan.recipients?.length) {
      this.cipher = new LayerCipher(plan.recipients);
      this.cipherHash = createHash('sha256');
    }
  }

  /** The layer's bytes; to be read once. */
  async *content(): AsyncGenerator<Buffer> {
    const { archive, compression, onBytes } = this.plan;
    const packer = createPacker(compression);
    const parts = this.measure(readParts(archive, this.pool));
    const pace =
      packer && compression === 'auto' ? new Pace(packer.lanes) : undefined;
    try {
      const packing = packer && { packer, pool: this.pool, pace };
      const layer = packing
        ? joinParts(packParts(parts, packing), this.pool)
        : parts;
      for await (const packed of layer) {
        this.packedHash?.update(packed);
        this.cipher?.encrypt(packed);
        this.garbage?.note(packed.length);
        this.cipherHash?.update(packed);
        this.layerBytes += packed.length;
        onBytes(this.archiveBytes, this.layerBytes);
        yield packed;
      }
    } finally {
      await packer?.close();
    }
  }

  /** Takes back the memory of a part of the content that nobody reads any more; see `PartPool`. */
  release(part: Buffer): void {
    this.pool.give(part);
  }

  /** The layer's description; to be asked once, when all its content has been read. */
  async describe(): Promise<MadeLayer> {
    const { compression, mediaType = layerTypes[compression] } = this.plan;
    const diffId = nameOf(this.plainHash);
    const digest = this.packedHash ? nameOf(this.packedHash) : diffId;
    const plain = { mediaType, digest };
    const size = this.layerBytes;
    const layer =
      this.cipher && this.cipherHash
        ? {
            ...(await this.cipher.seal(plain)),
            digest: nameOf(this.cipherHash),
            size,
          }
        : { ...plain, size };
    return { layer, diffId, archiveBytes: this.archiveBytes };
  }

  private async *measure(parts: AsyncIterable<Buffer>) {
    for await (const part of parts) {
      this.plainHash.update(part);
      this.archiveBytes += part.length;
      this.plan.onBytes(this.archiveBytes, this.layerBytes);
      yield part;
    }
  }
}

function nameOf(hash: Hash): string {
  return `sha256:${hash.digest('hex')}`;
}
