import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { Plan } from '@cubemig/plugin-cubemig-common';
import { ProblemNote } from '../problem';
import { useWords } from '../translation';
import { PlanFindings } from './PlanFindings';
import { PlannedActions } from './PlannedActions';
import { PlannedNodes } from './PlannedNodes';
import { PlannedReferences } from './PlannedReferences';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: theme.spacing(2),
  },
}));

/** What a migration would do, and what stands against it. */
export const PlanView = (props: {
  plan: Plan;
  /** What a person calls a cluster. */
  titleOf(cluster: string): string;
  /** A way to make the plan anew. */
  again?: ReactNode;
}) => {
  const { plan, titleOf, again } = props;
  const { blockers, warnings, nodes, references, target } = plan;
  const t = useWords();
  return (
    <div className={useStyles().root}>
      {blockers.length > 0 ? (
        <PlanFindings
          severity="error"
          title={t('plan.blockers', { count: blockers.length })}
          findings={blockers}
          action={again}
        />
      ) : (
        <ProblemNote
          severity="success"
          title={t('plan.clear')}
          message={t('plan.clearDetail')}
        />
      )}
      {warnings.length > 0 && (
        <PlanFindings
          severity="warning"
          title={t('plan.warnings', { count: warnings.length })}
          findings={warnings}
        />
      )}
      <PlannedActions actions={plan.actions} titleOf={titleOf} />
      {references.length > 0 && <PlannedReferences references={references} />}
      {target && nodes.length > 0 && (
        <PlannedNodes cluster={titleOf(target.cluster)} nodes={nodes} />
      )}
    </div>
  );
};
