import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { Migration, MIGRATIONS_CHANNEL } from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { useLive } from '../live';
import { isActive } from '../migration';
import { EmptyNote, Loaded, Panel } from '../page';
import { TextBlock } from '../text';
import { useWords } from '../translation';

const BUSY = 2000;

/** The timeline and the courier's own log as they came, one JSON object a line. */
export const RawEvents = ({ migration }: { migration: Migration }) => {
  const t = useWords();
  const api = useApi(cubemigApiRef);
  const { id } = migration;
  const load = useCallback(async () => {
    const [timeline, courier] = await Promise.all([
      api.migrations.getTimeline(id),
      // The log goes with its Job; the timeline stays.
      api.migrations.getCourierEvents(id).catch(() => []),
    ]);
    return [
      ...timeline.map(event => ({ from: 'timeline', ...event })),
      ...courier.map(event => ({ from: 'courier', ...event })),
    ];
  }, [api, id]);
  const polled = useLive(
    load,
    isActive(migration) ? BUSY : undefined,
    MIGRATIONS_CHANNEL,
  );
  return (
    <Panel title={t('migration.tabs.events')}>
      <Loaded polled={polled} problem={t('migration.eventsProblem')}>
        {events =>
          events.length > 0 ? (
            <TextBlock
              label={t('migration.eventsTitle')}
              text={events.map(event => JSON.stringify(event)).join('\n')}
              fileName={`${id}.ndjson`}
            />
          ) : (
            <EmptyNote title={t('migration.eventsNone')} />
          )
        }
      </Loaded>
    </Panel>
  );
};
