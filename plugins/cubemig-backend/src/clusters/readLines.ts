/**
 * Splits a stream of bytes into lines. What comes from a cluster is not trusted to be well-formed: a line longer than
 * `maxLength` characters is left out as a whole, and no more than that is ever held.
 */
export async function* readLines(
  stream: AsyncIterable<Uint8Array>,
  maxLength: number,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let pending = '';
  let isTooLong = false;
  for await (const chunk of stream) {
    const pieces = decoder.decode(chunk, { stream: true }).split('\n');
    for (const [index, piece] of pieces.entries()) {
      if (index > 0) {
        if (!isTooLong && pending) yield pending;
        pending = '';
        isTooLong = false;
      }
      pending = isTooLong ? '' : pending + piece;
      if (pending.length > maxLength) {
        pending = '';
        isTooLong = true;
      }
    }
  }
  if (!isTooLong && pending) yield pending;
}
