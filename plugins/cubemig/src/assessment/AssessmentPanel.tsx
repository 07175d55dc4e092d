import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  cubemigAssessmentCreatePermission,
  ReportKey,
} from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { useAction } from '../confirm';
import { Loaded } from '../page';
import { GuardedButton, useDenial } from '../permit';
import { usePolling } from '../polling';
import { ProblemNote, RefusalNote } from '../problem';
import { HelpLink } from '../help';
import { useWords } from '../translation';
import { AssessmentView } from './AssessmentView';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    justifyItems: 'start',
    gap: theme.spacing(2),
    padding: theme.spacing(2),
  },
}));

/** What a language model says of a container's report, or how to switch that on. */
export const AssessmentPanel = (props: {
  of: ReportKey;
  /** Whose owners may have it assessed. */
  entityRef: string | undefined;
}) => {
  const { migration, container } = props.of;
  const classes = useStyles();
  const t = useWords();
  const { assessments } = useApi(cubemigApiRef);
  const denial = useDenial(cubemigAssessmentCreatePermission, props.entityRef);
  const load = useCallback(async () => {
    const [availability, all] = await Promise.all([
      assessments.getAssessmentAvailability(),
      assessments.getAssessments(migration),
    ]);
    return {
      availability,
      newest: all.find(assessment => assessment.container === container),
    };
  }, [assessments, migration, container]);
  const polled = usePolling(load, undefined);
  const start = useAction(
    useCallback(
      () => assessments.startAssessment({ migration, container }),
      [assessments, migration, container],
    ),
    polled.refresh,
  );
  return (
    <div className={classes.root}>
      <Typography variant="body2" color="textSecondary">
        {t('assessment.intro')}
      </Typography>
      <HelpLink topic="assessments" />
      <Loaded polled={polled} problem={t('assessment.problem')}>
        {({ availability, newest }) => {
          const isUnderWay =
            newest?.status === 'queued' || newest?.status === 'running';
          return (
            <>
              {availability.problem ? (
                <ProblemNote
                  severity="info"
                  title={t('assessment.off')}
                  message={availability.problem.message}
                  remedy={availability.problem.remedy}
                />
              ) : (
                <div>
                  <GuardedButton
                    variant="outlined"
                    color="primary"
                    size="small"
                    denial={denial}
                    disabled={start.isBusy || isUnderWay}
                    onClick={() => start.run()}
                  >
                    {t(newest ? 'assessment.again' : 'assessment.start')}
                  </GuardedButton>{' '}
                  {availability.model &&
                    t('assessment.model', { model: availability.model })}
                </div>
              )}
              {start.refusal && (
                <RefusalNote
                  title={t('assessment.startProblem')}
                  refusal={start.refusal}
                />
              )}
              {newest && (
                <AssessmentView
                  key={newest.id}
                  assessment={newest}
                  onEnd={polled.refresh}
                />
              )}
            </>
          );
        }}
      </Loaded>
    </div>
  );
};
