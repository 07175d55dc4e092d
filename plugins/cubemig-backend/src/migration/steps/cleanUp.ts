import { Step } from '../Step';
import { strategyOf } from './workloads';

/** Removes what was needed only on the way. What the restored pod needs stays. */
export const cleanUp: Step = {
  name: 'clean-up',

  async run(run) {
    await run.removeMade('pre-pull');
    await run.removeMade('checkpoint');
    if (run.migration.mode === 'move') {
      await strategyOf(run.facts.owner)?.settle?.(run);
    }
  },
};
