const units = ['KiB', 'MiB', 'GiB', 'TiB'];

/** A size in the unit that fits it: `512 B`, `3.4 KiB`, `797 MiB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${Math.round(bytes)} B`;
  let value = bytes;
  let unit = -1;
  do {
    value /= 1024;
    unit += 1;
  } while (value >= 999.5 && unit < units.length - 1);
  return `${value < 100 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}
