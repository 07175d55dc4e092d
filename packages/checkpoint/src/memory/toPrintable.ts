/** Printable ASCII as it is, every other byte as `?`. */
export function toPrintable(bytes: Buffer): string {
  const copy = Buffer.from(bytes);
  for (let i = 0; i < copy.length; i++) {
    if (copy[i] < 0x20 || copy[i] >= 0x7f) {
      copy[i] = 0x3f;
    }
  }
  return copy.toString('latin1');
}
