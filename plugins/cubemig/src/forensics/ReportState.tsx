import { useApi } from '@backstage/frontend-plugin-api';
import { ReactNode, useCallback } from 'react';
import Button from '@material-ui/core/Button';
import LinearProgress from '@material-ui/core/LinearProgress';
import { Migration, ReportSummary } from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { useAction } from '../confirm';
import { Loaded, Panel } from '../page';
import { usePolling } from '../polling';
import { ProblemNote } from '../problem';
import { RelativeTime } from '../time';
import { useWords } from '../translation';
import { ReportView } from './ReportView';

interface ReportStateProps {
  summary: ReportSummary;
  migration: Migration;
  /** Leads to the reports of the other containers. */
  chooser: ReactNode;
  onChange(): void;
}

/** A container's report, or how far it is on its way. */
export const ReportState = (props: ReportStateProps) =>
  props.summary.state === 'stored' ? (
    <StoredReportView {...props} />
  ) : (
    <AbsentReport {...props} />
  );

function StoredReportView({ summary, migration, chooser }: ReportStateProps) {
  const t = useWords();
  const api = useApi(cubemigApiRef);
  const { migration: id, container } = summary;
  const load = useCallback(
    () => api.forensics.getReport({ migration: id, container }),
    [api, id, container],
  );
  const polled = usePolling(load, undefined);
  return (
    <Loaded polled={polled} problem={t('forensics.reportProblem')} height={240}>
      {stored => (
        <ReportView stored={stored} migration={migration} chooser={chooser} />
      )}
    </Loaded>
  );
}

function AbsentReport({ summary, chooser, onChange }: ReportStateProps) {
  const t = useWords();
  const api = useApi(cubemigApiRef);
  const { migration, container, state, problem, nextAttemptAt } = summary;
  const { run, isBusy, refusal } = useAction(
    useCallback(
      () => api.forensics.retryReport({ migration, container }),
      [api, migration, container],
    ),
    onChange,
  );
  return (
    <Panel title={t('migration.tabs.forensics')} help="reports" aside={chooser}>
      {state === 'pending' && (
        <>
          <p>{t('forensics.pending')}</p>
          <LinearProgress aria-label={t('forensics.pending')} />
        </>
      )}
      {problem && (
        <ProblemNote
          severity={state === 'pending' ? 'info' : 'error'}
          title={t('forensics.unavailable')}
          message={problem.message}
          remedy={problem.remedy}
          help={{ topic: 'failures', code: problem.code }}
        >
          {nextAttemptAt && (
            <div>
              {t('forensics.nextAttempt')}{' '}
              <RelativeTime moment={nextAttemptAt} />
            </div>
          )}
          <div>
            <Button
              size="small"
              color="inherit"
              disabled={isBusy}
              onClick={() => run()}
            >
              {t('forensics.fetchAgain')}
            </Button>
          </div>
          {refusal?.message}
        </ProblemNote>
      )}
    </Panel>
  );
}
