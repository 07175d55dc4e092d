import Button from '@material-ui/core/Button';
import Skeleton from '@material-ui/lab/Skeleton';
import Typography from '@material-ui/core/Typography';
import { Cluster } from '@cubemig/plugin-cubemig-common';
import { PlanView } from '../plan';
import { RefusalNote } from '../problem';
import { useWords } from '../translation';
import { ReasonField } from './ReasonField';
import { titleOf } from './targets';
import { Planned } from './usePlan';

/** The plan, and why it shall be carried out. */
export const PlanStep = (props: {
  planned: Planned;
  clusters: Cluster[];
  reason: string;
  isDisabled: boolean;
  onReason(reason: string): void;
}) => {
  const { planned, clusters } = props;
  const t = useWords();
  const again = (
    <Button size="small" color="inherit" onClick={planned.again}>
      {t('plan.again')}
    </Button>
  );
  if (planned.isLoading) {
    return (
      <div role="status" aria-busy>
        <Typography variant="body2" color="textSecondary">
          {t('plan.making')}
        </Typography>
        <Skeleton height={48} />
        <Skeleton variant="rect" height={160} />
      </div>
    );
  }
  if (planned.refusal) {
    return (
      <RefusalNote title={t('plan.problem')} refusal={planned.refusal}>
        {again}
      </RefusalNote>
    );
  }
  if (!planned.value) return null;
  return (
    <>
      <PlanView
        plan={planned.value}
        titleOf={name => titleOf(clusters, name)}
        again={again}
      />
      {planned.value.blockers.length === 0 && (
        <ReasonField
          value={props.reason}
          isDisabled={props.isDisabled}
          onChange={props.onReason}
        />
      )}
    </>
  );
};
