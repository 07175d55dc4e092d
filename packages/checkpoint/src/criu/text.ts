/** Linux: PATH_MAX. */
const MAX_TEXT_BYTES = 4096;

/** A name or path that a process chose: not always UTF-8, and not always free of what a terminal would obey. */
export function toText(bytes: Uint8Array | undefined): string {
  return bytes
    ? Buffer.from(bytes.subarray(0, MAX_TEXT_BYTES)).toString('utf8')
    : '';
}
