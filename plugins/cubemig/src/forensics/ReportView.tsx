import { lazy, ReactNode, Suspense } from 'react';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import Skeleton from '@material-ui/lab/Skeleton';
import { Migration, StoredReport } from '@cubemig/plugin-cubemig-common';
import { useReading } from '../first-run';
import { Notice } from '../problem';
import { useWords } from '../translation';
import { useUrlFields } from '../url';
import { CompareCheckpoint } from './compare';
import { EnvironmentList } from './environment';
import { FileChanges } from './files';
import { FindingList } from './findings';
import { ProcessTree } from './processes';
import { MemorySearch } from './search';
import { Sockets } from './sockets';
import { VerdictHeader } from './VerdictHeader';

const AssessmentPanel = lazy(() =>
  import('../assessment').then(m => ({ default: m.AssessmentPanel })),
);

const parts = [
  'findings',
  'processes',
  'sockets',
  'files',
  'environment',
  'search',
  'compare',
  'assessment',
] as const;
type Part = (typeof parts)[number];

const useStyles = makeStyles(theme => ({
  root: { border: `1px solid ${theme.palette.divider}`, minWidth: 0 },
  tabs: {
    borderTop: `1px solid ${theme.palette.divider}`,
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  tab: { minWidth: 80 },
  warnings: { padding: theme.spacing(0, 2, 2) },
}));

/** A container's forensic report: the verdict, and its parts as tabs. */
export const ReportView = (props: {
  stored: StoredReport;
  migration: Migration;
  chooser: ReactNode;
}) => {
  const { stored, migration, chooser } = props;
  const { report, forensics } = stored;
  const classes = useStyles();
  const t = useWords();
  const [fields, setFields] = useUrlFields(['part']);
  const shown = parts.find(name => name === fields.part) ?? 'findings';
  const key = { migration: stored.migration, container: stored.container };
  useReading();
  const findings = forensics?.findings ?? [];
  const warnings = [
    ...new Set([...(report?.warnings ?? []), ...(forensics?.warnings ?? [])]),
  ];
  return (
    <Paper elevation={0} className={classes.root}>
      <VerdictHeader stored={stored} chooser={chooser} />
      {warnings.length > 0 && (
        <div className={classes.warnings}>
          <Notice severity="warning">{warnings.join(' ')}</Notice>
        </div>
      )}
      <Tabs
        value={shown}
        onChange={(_, part: Part) => setFields({ part })}
        variant="scrollable"
        scrollButtons="auto"
        indicatorColor="primary"
        textColor="primary"
        className={classes.tabs}
        aria-label={t('forensics.partsLabel')}
      >
        {parts.map(part => (
          <Tab
            key={part}
            value={part}
            id={`report-tab-${part}`}
            aria-controls="report-tab-panel"
            className={classes.tab}
            label={t(`forensics.parts.${part}`)}
          />
        ))}
      </Tabs>
      <div
        role="tabpanel"
        id="report-tab-panel"
        aria-labelledby={`report-tab-${shown}`}
      >
        {shown === 'findings' && <FindingList findings={findings} />}
        {report && shown === 'processes' && (
          <ProcessTree processes={report.processes} findings={findings} />
        )}
        {report && shown === 'sockets' && <Sockets report={report} />}
        {report && shown === 'files' && (
          <FileChanges changes={report.rootfs_changes ?? []} of={key} />
        )}
        {report && shown === 'environment' && (
          <EnvironmentList
            tree={report.process_tree}
            of={key}
            entityRef={migration.entityRef}
          />
        )}
        {report && shown === 'search' && (
          <MemorySearch processes={report.processes} of={key} />
        )}
        {shown === 'compare' && (
          <CompareCheckpoint migration={migration} of={key} />
        )}
        {shown === 'assessment' && (
          <Suspense fallback={<Skeleton variant="rect" height={160} />}>
            <AssessmentPanel of={key} entityRef={migration.entityRef} />
          </Suspense>
        )}
      </div>
    </Paper>
  );
};
