/** Text that was found encoded inside another text. */
export interface DecodedLayer {
  encoded: string;
  decoded: string;
}

/** Encodings inside encodings are followed this deep. */
const MAX_DEPTH = 5;
const MAX_LAYERS = 32;

/** A run of base64 letters: 16 of them hold 12 bytes, the shortest command worth hiding. */
const CANDIDATE =
  /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{16,}={0,2}(?![A-Za-z0-9+/_-])/g;

/** Everything in a text that is base64 of readable text, and what is in that, outermost first. */
export function decodeLayers(text: string): DecodedLayer[] {
  const layers: DecodedLayer[] = [];
  const open = [{ text, depth: 0 }];
  for (let next = open.shift(); next; next = open.shift()) {
    for (const [encoded] of next.text.matchAll(CANDIDATE)) {
      const decoded = decodeText(encoded);
      if (decoded !== undefined && layers.length < MAX_LAYERS) {
        layers.push({ encoded, decoded });
        if (next.depth + 1 < MAX_DEPTH) {
          open.push({ text: decoded, depth: next.depth + 1 });
        }
      }
    }
  }
  return layers;
}

function decodeText(encoded: string): string | undefined {
  const decoded = Buffer.from(encoded, 'base64').toString('utf8').trim();
  // Paths, names and digests are base64 too, by their letters; what they decode to is no readable text.
  const isReadable = /^[\t\n\r\x20-\x7e]{10,}$/.test(decoded);
  const isToken = decoded.startsWith('{"');
  return isReadable && !isToken ? decoded : undefined;
}
