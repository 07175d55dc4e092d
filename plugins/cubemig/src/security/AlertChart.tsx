import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { AlertSummary, priorities } from '@cubemig/plugin-cubemig-common';
import { EmptyNote, Panel } from '../page';
import { useWords } from '../translation';
import { AlertFields, boundsOf } from './alertFields';
import { barsOf } from './barsOf';
import { Bars } from './Bars';
import { PriorityLegend } from './PriorityLegend';

const useStyles = makeStyles(theme => ({
  foot: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
    marginTop: theme.spacing(1),
  },
}));

/** Alerts over time by priority; a bar and a priority narrow the dashboard down to what they stand for. */
export const AlertChart = (props: {
  summary: AlertSummary;
  fields: AlertFields;
  onChange(changes: AlertFields): void;
}) => {
  const { summary, fields, onChange } = props;
  const classes = useStyles();
  const t = useWords();
  const bars = barsOf(summary, boundsOf(fields, Date.now()));
  const known = priorities.filter(priority => summary.priorities[priority]);
  return (
    <Panel title={t('alerts.chart')} help="dashboard">
      {bars.length === 0 ? (
        <EmptyNote title={t('alerts.empty')} help={{ topic: 'alertSending' }}>
          {t('alerts.emptyDetail')}
        </EmptyNote>
      ) : (
        <>
          <Bars
            bars={bars}
            label={t('alerts.chartLabel', {
              number: String(summary.alerts),
              buckets: String(bars.length),
            })}
            onChoose={({ start, end }) =>
              onChange({
                since: new Date(start).toISOString(),
                until: new Date(end).toISOString(),
              })
            }
          />
          <div className={classes.foot}>
            <PriorityLegend
              priorities={known}
              counts={summary.priorities}
              chosen={fields.priority}
              onChoose={priority => onChange({ priority })}
            />
            {fields.since ? (
              <Button
                size="small"
                onClick={() => onChange({ since: undefined, until: undefined })}
              >
                {t('alerts.wholeRange')}
              </Button>
            ) : (
              <Typography variant="body2" color="textSecondary">
                {t('alerts.chartHint')}
              </Typography>
            )}
          </div>
        </>
      )}
    </Panel>
  );
};
