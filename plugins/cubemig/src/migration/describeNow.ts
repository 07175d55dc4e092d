import { Migration } from '@cubemig/plugin-cubemig-common';
import { Words } from '../translation';

/** A migration's place in the queue, or its step under way; undefined for others. */
export function describeNow(
  { status, queuePosition, waitsFor, steps }: Migration,
  t: Words,
): string | undefined {
  if (status === 'queued' && queuePosition !== undefined) {
    const place = t('migration.queuePosition', {
      position: String(queuePosition),
    });
    return waitsFor
      ? `${place}, ${t('migration.queueWaits', { reason: waitsFor })}`
      : place;
  }
  const step = steps.find(s => s.status === 'running');
  return status === 'running' && step
    ? t(`steps.titles.${step.name}`)
    : undefined;
}
