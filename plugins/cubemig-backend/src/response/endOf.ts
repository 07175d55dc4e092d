import { Migration } from '@cubemig/plugin-cubemig-common';
import { DecisionChange } from './decisions';

/** What a migration's end means for the decision that started it; undefined while it lasts. */
export function endOf(
  migration: Migration | undefined,
): DecisionChange | undefined {
  switch (migration?.status) {
    case undefined:
      return { status: 'failed', outcome: 'The migration was removed' };
    case 'completed':
      return {
        status: 'succeeded',
        outcome: migration.target
          ? `${migration.target.pod} runs on ${migration.target.cluster}`
          : 'The checkpoint is in the registry',
      };
    case 'failed':
      return {
        status: 'failed',
        outcome: migration.failure?.message ?? 'The migration failed',
      };
    case 'cancelled':
      return {
        status: 'failed',
        outcome: `The migration was cancelled by ${
          migration.cancelledBy ?? 'somebody'
        }`,
      };
    default:
      return undefined;
  }
}
