/** A number of bytes for people, as checkpointctl writes it: `149.2 KiB`, `292 B`. */
export function formatBytes(bytes: number): string {
  return format(bytes, 'iB');
}

/** `16.0 KB`: powers of 1024 under the names of powers of 1000, as checkpointctl writes buffer sizes. */
export function formatBufferSize(bytes: number): string {
  return format(bytes, 'B');
}

function format(bytes: number, unit: string): string {
  let divisor = 1;
  let exponent = 0;
  while (bytes / divisor >= 1024 && exponent < 6) {
    divisor *= 1024;
    exponent += 1;
  }
  if (exponent === 0) {
    return `${bytes} B`;
  }
  // Ties go to the even digit, as in Go; toFixed would round them up.
  let tenths = Math.floor((bytes * 10) / divisor);
  const rest = bytes * 10 - tenths * divisor;
  if (rest * 2 > divisor || (rest * 2 === divisor && tenths % 2 === 1)) {
    tenths += 1;
  }
  const whole = Math.floor(tenths / 10);
  return `${whole}.${tenths % 10} ${'KMGTPE'[exponent - 1]}${unit}`;
}

/** Microseconds for people, as checkpointctl writes them: `687 µs`, `130.59 ms`, `1.2 s`. */
export function formatMicroseconds(microseconds: number): string {
  if (microseconds < 1000) {
    return `${microseconds} µs`;
  }
  const [value, unit] =
    microseconds < 1_000_000
      ? [microseconds / 1000, 'ms']
      : [microseconds / 1_000_000, 's'];
  return `${Number(value.toPrecision(5))} ${unit}`;
}
