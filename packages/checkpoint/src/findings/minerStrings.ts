/** Text that is found in the memory of cryptocurrency miners and hardly anywhere else. */
export const minerStrings = [
  'stratum+tcp://',
  'stratum+ssl://',
  'xmrig',
  '"cryptonight',
  'randomx/0',
  'donate-level',
  'supportxmr.com',
  'moneroocean.stream',
  'minexmr.com',
  'nanopool.org',
  'kdevtmpfsi',
];
