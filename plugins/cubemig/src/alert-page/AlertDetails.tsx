import { makeStyles } from '@material-ui/core/styles';
import { AlertDetail } from '@cubemig/plugin-cubemig-common';
import { Approval, DecisionLine } from '../decisions';
import { EmptyNote, Panel } from '../page';
import { useWords } from '../translation';
import { AlertFacts } from './AlertFacts';
import { Handling } from './Handling';
import { Lineage } from './Lineage';
import { Occurrences } from './Occurrences';

const useStyles = makeStyles(theme => ({
  columns: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 420px), 1fr))',
    alignItems: 'start',
    gap: theme.spacing(2),
  },
  list: { margin: 0, padding: 0, listStyle: 'none' },
}));

/** What happened, what was decided, and which migrations belong to it. */
export const AlertDetails = (props: {
  alert: AlertDetail;
  onChange(): void;
}) => {
  const { alert, onChange } = props;
  const classes = useStyles();
  const t = useWords();
  return (
    <>
      <AlertFacts alert={alert} />
      <Handling alert={alert} onChange={onChange} />
      <div className={classes.columns}>
        <Panel title={t('alerts.decisions')} help="approvals" isFlush>
          {alert.decisions.length === 0 && (
            <EmptyNote
              title={t('alerts.decisionsNone')}
              help={{ topic: 'responses' }}
            />
          )}
          <ul className={classes.list}>
            {alert.decisions.map(decision => (
              <DecisionLine key={decision.id} decision={decision} isAtAlert>
                {decision.status === 'awaiting-approval' && (
                  <Approval decision={decision} onChange={onChange} />
                )}
              </DecisionLine>
            ))}
          </ul>
        </Panel>
        <Lineage entries={alert.lineage} />
      </div>
      <Occurrences alert={alert} />
    </>
  );
};
