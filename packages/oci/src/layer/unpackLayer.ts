import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { unpackZstd } from '@cubemig/bytes';

/** The content of a layer as it was before it was packed. Fails, at its end at the latest, where `content` does. */
export function unpackLayer(mediaType: string, content: Readable): Readable {
  if (mediaType.endsWith('+gzip')) {
    return pipeline(content, createGunzip(), () => {
      // A failure reaches the reader as the stream's error.
    });
  }
  return mediaType.endsWith('+zstd')
    ? Readable.from(unpackZstd(content), { objectMode: false })
    : content;
}
