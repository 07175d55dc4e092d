import fc from 'fast-check';

/*
 * The tests try the same cases each time, so that only a change can break them; `npm run fuzz` looks for new ones.
 * FUZZ_RUNS is how many of each property.
 */
const runs = process.env.FUZZ_RUNS;
fc.configureGlobal(runs ? { numRuns: Number(runs) } : { seed: 1 });

export { fc };
