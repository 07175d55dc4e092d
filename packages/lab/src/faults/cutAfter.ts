import { Transform } from 'node:stream';

/** Passes bytes on and fails after so many of them, in the midst of a chunk if need be; never without a number. */
export function cutAfter(bytes = Number.POSITIVE_INFINITY): Transform {
  let left = bytes;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (chunk.length <= left) {
        left -= chunk.length;
        done(undefined, chunk);
        return;
      }
      this.push(chunk.subarray(0, left));
      // What was let through must be on its way before the connection is cut.
      setImmediate(() => done(new Error('connection reset by peer')));
    },
  });
}
