import { ByteSource } from './ByteSource';

/**
 * Whether zstd data is a single frame, by its blocks' headers (RFC 8878, 3.1.1). Several frames one after the other are
 * just as good (pzstd writes them, and programs that pack in parallel), but Node's own decompressor stops after the first.
 */
export function isSingleZstdFrame(source: ByteSource): boolean {
  const descriptor = source.readAt(4, 1)[0];
  if (descriptor === undefined) {
    return false;
  }
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const windowBytes = isSingleSegment ? 0 : 1;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3];
  const sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6];
  const checksumBytes = (descriptor & 4) !== 0 ? 4 : 0;

  let offset = 5 + windowBytes + dictionaryBytes + sizeBytes;
  for (let isLast = false; !isLast; ) {
    const header = source.readAt(offset, 3);
    if (header.length < 3) {
      return false;
    }
    const block = header.readUIntLE(0, 3);
    isLast = block % 2 === 1;
    const isRepeatedByte = ((block >> 1) & 3) === 1;
    offset += 3 + (isRepeatedByte ? 1 : block >> 3);
  }
  return offset + checksumBytes === source.size;
}
