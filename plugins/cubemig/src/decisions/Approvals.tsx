import { makeStyles } from '@material-ui/core/styles';
import { DecisionPage } from '@cubemig/plugin-cubemig-common';
import { EmptyNote, Loaded, Panel } from '../page';
import { Polled } from '../polling';
import { useWords } from '../translation';
import { Approval } from './Approval';
import { DecisionLine } from './DecisionLine';

const useStyles = makeStyles({
  list: {
    margin: 0,
    padding: 0,
    listStyle: 'none',
    maxHeight: 420,
    overflowY: 'auto',
  },
});

/** Decisions that wait for a person. */
export const Approvals = ({ polled }: { polled: Polled<DecisionPage> }) => {
  const classes = useStyles();
  const t = useWords();
  return (
    <Panel title={t('alerts.approvals')} help="approvals" isFlush>
      <Loaded
        polled={polled}
        problem={t('alerts.decisionsProblem')}
        height={64}
      >
        {({ items }) =>
          items.length === 0 ? (
            <EmptyNote title={t('alerts.approvalsNone')} />
          ) : (
            <ul className={classes.list}>
              {items.map(decision => (
                <DecisionLine key={decision.id} decision={decision}>
                  <Approval decision={decision} onChange={polled.refresh} />
                </DecisionLine>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
};
