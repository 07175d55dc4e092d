/** What a volume may hold to be carried. */
export const volumeLimits = {
  entries: 1_000_000,
  /** Of a path. */
  nameBytes: 4096,
  /** How deep folders may lie in each other: each on the way is held open. */
  depth: 256,
};
