import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import {
  Migration,
  MIGRATIONS_CHANNEL,
  ReportSummary,
} from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { useLive } from '../live';
import { isActive } from '../migration';
import { EmptyNote, Loaded, Panel } from '../page';
import { SelectFilter } from '../table';
import { useWords } from '../translation';
import { useUrlFields } from '../url';
import { ReportState } from './ReportState';

const BUSY = 3000;

/** The forensic reports of a migration's containers, one at a time. */
export const Forensics = ({ migration }: { migration: Migration }) => {
  const t = useWords();
  const api = useApi(cubemigApiRef);
  const [fields, setFields] = useUrlFields(['container']);
  const load = useCallback(
    () => api.forensics.getReports(migration.id),
    [api, migration.id],
  );
  const polled = useLive(load, BUSY, MIGRATIONS_CHANNEL);

  const chooser = (reports: ReportSummary[], shown: ReportSummary) =>
    reports.length > 1 && (
      <SelectFilter
        label={t('forensics.container')}
        value={shown.container}
        options={reports.map(({ container }) => ({
          value: container,
          title: container,
        }))}
        hasAll={false}
        onChange={container => setFields({ container })}
      />
    );

  return (
    <Loaded polled={polled} problem={t('forensics.problem')} height={240}>
      {reports => {
        const shown =
          reports.find(({ container }) => container === fields.container) ??
          reports[0];
        if (shown) {
          return (
            <ReportState
              key={shown.container}
              summary={shown}
              migration={migration}
              chooser={chooser(reports, shown)}
              onChange={polled.refresh}
            />
          );
        }
        const isEarly =
          isActive(migration) && migration.order.forensicAnalysis !== false;
        return (
          <Panel title={t('migration.tabs.forensics')} help="reports">
            <EmptyNote
              title={t(isEarly ? 'forensics.noneYet' : 'forensics.none')}
            >
              {!isEarly && t('forensics.noneDetail')}
            </EmptyNote>
          </Panel>
        );
      }}
    </Loaded>
  );
};
