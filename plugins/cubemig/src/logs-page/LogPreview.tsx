import { Link } from '@backstage/core-components';
import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import Button from '@material-ui/core/Button';
import { Migration, MIGRATIONS_CHANNEL } from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { useLive } from '../live';
import { isActive } from '../migration';
import { Loaded, Panel, usePaths } from '../page';
import { saveFile, TextBlock } from '../text';
import { useWords } from '../translation';
import { writeMarkdown } from './writeMarkdown';

const BUSY = 2000;

/** A migration's log as text, and as a document to keep. */
export const LogPreview = ({ migration }: { migration: Migration }) => {
  const t = useWords();
  const api = useApi(cubemigApiRef);
  const paths = usePaths();
  const { id, source } = migration;
  const load = useCallback(() => api.migrations.getTimeline(id), [api, id]);
  const polled = useLive(
    load,
    isActive(migration) ? BUSY : undefined,
    MIGRATIONS_CHANNEL,
    id,
  );
  const events = polled.value;
  return (
    <Panel
      title={t('logs.logOf', { pod: source.pod })}
      aside={
        <>
          {paths && (
            <Link to={paths.migration(id)}>{t('logs.toMigration')}</Link>
          )}
          {events && (
            <Button
              size="small"
              variant="outlined"
              onClick={() =>
                saveFile(
                  new Blob([writeMarkdown(migration, events)]),
                  `${source.pod}-${id}.md`,
                )
              }
            >
              {t('logs.markdown')}
            </Button>
          )}
        </>
      }
    >
      <Loaded polled={polled} problem={t('logs.logProblem')}>
        {lines => (
          <TextBlock
            label={t('logs.asText')}
            fileName={`${source.pod}-${id}.log`}
            text={lines
              .map(({ time, level, step = '-', message }) =>
                [time, level.toUpperCase(), step, message].join(' '),
              )
              .join('\n')}
          />
        )}
      </Loaded>
    </Panel>
  );
};
