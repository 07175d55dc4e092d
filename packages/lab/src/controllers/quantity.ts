const FACTORS: Record<string, number> = {
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** A Kubernetes quantity as a number, for example `250m` as 0.25 and `1Ki` as 1024. */
export function parseQuantity(quantity: string | number): number {
  const parsed = /^([+-]?[0-9.]+(?:e[+-]?\d+)?)([A-Za-z]*)$/.exec(
    String(quantity),
  );
  const factor = parsed && FACTORS[parsed[2]];
  if (!factor) {
    throw new Error(`'${quantity}' is not a quantity`);
  }
  return Number(parsed[1]) * factor;
}
