/** An address as CRIU stores it: the bytes in network order, in one (IPv4) or four (IPv6) little-endian words. */
export function formatAddress(words: number[]): string {
  const bytes = Buffer.alloc(words.length * 4);
  words.forEach((word, i) => bytes.writeUInt32LE(word >>> 0, i * 4));
  if (words.length === 1) {
    return [...bytes].join('.');
  }
  return words.length === 4 ? formatIpv6(bytes) : '';
}

/** The short form of RFC 5952, with an embedded IPv4 address in its own. */
function formatIpv6(bytes: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(i * 2));
  const isMappedIpv4 =
    groups.slice(0, 5).every(group => group === 0) && groups[5] === 0xffff;
  if (isMappedIpv4) {
    return `::ffff:${[...bytes.subarray(12)].join('.')}`;
  }
  const { start, length } = longestZeroRun(groups);
  const hex = groups.map(group => group.toString(16));
  if (length < 2) {
    return hex.join(':');
  }
  const front = hex.slice(0, start).join(':');
  const back = hex.slice(start + length).join(':');
  return `${front}::${back}`;
}

function longestZeroRun(groups: number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  groups.forEach((group, i) => {
    if (group !== 0) {
      start = i + 1;
    } else if (i + 1 - start > best.length) {
      best = { start, length: i + 1 - start };
    }
  });
  return best;
}

/** Addresses that only mean something inside a host, a site or a cluster: no traffic to them leaves for the internet. */
export function isPrivateAddress(address: string): boolean {
  const ipv4 = /^(?:::ffff:)?(\d+)\.(\d+)\.(\d+)\.(\d+)$/i.exec(address);
  if (ipv4) {
    const [a, b] = [Number(ipv4[1]), Number(ipv4[2])];
    return (
      a === 0 ||
      a === 10 ||
      a === 127 ||
      (a === 100 && b >= 64 && b < 128) ||
      (a === 169 && b === 254) ||
      (a === 172 && b >= 16 && b < 32) ||
      (a === 192 && b === 168)
    );
  }
  // Loopback and unspecified, link-local (fe80::/10), unique local (fc00::/7).
  return /^(?:::1?$|fe[89ab]|f[cd])/i.test(address);
}
