import { makeStyles } from '@material-ui/core/styles';
import { Approvals, useApprovals } from '../decisions';
import { FirstRun } from '../first-run';
import { Loaded, PageBody } from '../page';
import { useKept } from '../table';
import { useWords } from '../translation';
import { useUrlFields } from '../url';
import { AlertChart } from './AlertChart';
import { AlertFeed } from './AlertFeed';
import { AlertFilters } from './AlertFilters';
import { filterNames } from './alertFields';
import { SummaryFigures } from './SummaryFigures';
import { TopLists } from './TopLists';
import { useAlertSummary } from './useAlertSummary';

const useStyles = makeStyles(theme => ({
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 1fr)',
    alignItems: 'start',
    gap: theme.spacing(2),
    [theme.breakpoints.down('md')]: {
      gridTemplateColumns: 'minmax(0, 1fr)',
    },
  },
}));

/** What Falco saw, what was decided about it, and what waits for a person. */
export const Dashboard = () => {
  const classes = useStyles();
  const t = useWords();
  const [fields, setFields] = useUrlFields(filterNames);
  const summary = useAlertSummary(fields);
  const approvals = useApprovals();
  const shown = useKept(summary);
  return (
    <PageBody label={t('alerts.dashboard')}>
      <FirstRun isRecoverable />
      <AlertFilters fields={fields} onChange={setFields} />
      <Loaded polled={shown} problem={t('alerts.summaryProblem')} height={320}>
        {counted => (
          <>
            <SummaryFigures
              summary={counted}
              awaiting={approvals.value?.total}
            />
            <div className={classes.columns}>
              <AlertChart
                summary={counted}
                fields={fields}
                onChange={setFields}
              />
              <Approvals polled={approvals} />
            </div>
            <TopLists summary={counted} onChange={setFields} />
          </>
        )}
      </Loaded>
      <AlertFeed fields={fields} />
    </PageBody>
  );
};
