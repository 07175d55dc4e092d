import {
  readZstdBlockHeader,
  readZstdFrameHeader,
  ZSTD_BLOCK_HEADER_BYTES,
  ZSTD_HEADER_BYTES,
} from '@cubemig/bytes';
import { ByteSource } from './ByteSource';

/**
 * Whether zstd data is a single frame, by its blocks' headers. Several frames one after the other are just as good (pzstd
 * writes them, and programs that pack in parallel), but Node's own decompressor stops after the first.
 */
export function isSingleZstdFrame(source: ByteSource): boolean {
  const frame = readZstdFrameHeader(source.readAt(0, ZSTD_HEADER_BYTES));
  if (!frame) {
    return false;
  }
  for (let offset = frame.bytes; ; ) {
    const header = source.readAt(offset, ZSTD_BLOCK_HEADER_BYTES);
    if (header.length < ZSTD_BLOCK_HEADER_BYTES) {
      return false;
    }
    const { contentBytes, isLast } = readZstdBlockHeader(header);
    offset += ZSTD_BLOCK_HEADER_BYTES + contentBytes;
    if (isLast) {
      return offset + frame.checksumBytes === source.size;
    }
  }
}
