import { FormEvent, useCallback, useState } from 'react';
import Dialog from '@material-ui/core/Dialog';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Step from '@material-ui/core/Step';
import StepLabel from '@material-ui/core/StepLabel';
import Stepper from '@material-ui/core/Stepper';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import {
  Cluster,
  Migration,
  MigrationRequest,
} from '@cubemig/plugin-cubemig-common';
import { useApi } from '@backstage/frontend-plugin-api';
import { cubemigApiRef } from '../api';
import { useAction } from '../confirm';
import { RefusalNote } from '../problem';
import { useWords } from '../translation';
import { DialogButtons } from './DialogButtons';
import { Draft, draftOf, requestOf } from './draft';
import { OptionsStep } from './OptionsStep';
import { Passenger } from './passenger';
import { PlanStep } from './PlanStep';
import { findTargets, titleOf } from './targets';
import { TargetStep } from './TargetStep';
import { usePlan } from './usePlan';

const useStyles = makeStyles(theme => ({
  title: { overflowWrap: 'anywhere', paddingBottom: 0 },
  stepper: { padding: theme.spacing(2, 3, 1) },
  content: {
    fontFamily: theme.typography.fontFamily,
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    alignContent: 'start',
    gap: theme.spacing(2.5),
  },
}));

type StepId = 'target' | 'options' | 'plan';
const fieldsOfTarget = ['targetCluster', 'targetNamespace', 'mode'];

/**
 * Asks where a pod, or what is stored of one, shall go and how, shows what that means for the clusters, and starts the
 * migration.
 */
export const MigrateDialog = (props: {
  pod: Passenger;
  clusters: Cluster[];
  entityRef?: string;
  onClose(): void;
  onStarted(migration: Migration): void;
}) => {
  const { pod, clusters, entityRef, onClose, onStarted } = props;
  const classes = useStyles();
  const t = useWords();
  const api = useApi(cubemigApiRef);
  const isSmall = useMediaQuery(useTheme().breakpoints.down('xs'));
  const { targets, excluded } = findTargets(clusters, pod);
  // What can be chosen of a checkpoint was chosen when it was taken.
  const steps: StepId[] = pod.checkpointsOf
    ? ['target', 'plan']
    : ['target', 'options', 'plan'];
  const [step, setStep] = useState<StepId>('target');
  const [draft, setDraft] = useState<Draft>(() =>
    draftOf(pod, targets.length === 1 ? targets[0].name : ''),
  );
  const change = (changes: Partial<Draft>) =>
    setDraft(previous => ({ ...previous, ...changes }));

  const request = requestOf(pod, draft, entityRef);
  const planned = usePlan(step === 'plan' ? request : undefined);
  const { run, isBusy, refusal } = useAction(
    useCallback(
      (asked: MigrationRequest) => api.migrations.start(asked),
      [api],
    ),
    onStarted,
  );

  // A cluster that became unreachable meanwhile is no target any more.
  const isTargetThere = targets.some(
    ({ name }) => name === draft.targetCluster,
  );
  const isReady =
    (draft.mode === 'checkpoint' || isTargetThere) &&
    (step === 'target' || draft.containers.length > 0);
  const isClear = planned.value?.blockers.length === 0;
  const refused = refusal ?? planned.refusal;
  const isAtTarget = fieldsOfTarget.includes(refused?.field ?? '');

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isReady || isBusy) return;
    const next = steps[steps.indexOf(step) + 1];
    if (next) setStep(next);
    else if (isClear) run(request);
  };

  return (
    <Dialog
      open
      fullWidth
      maxWidth="md"
      fullScreen={isSmall}
      aria-labelledby="migrate-dialog-title"
      onClose={isBusy ? undefined : onClose}
    >
      <form onSubmit={submit} noValidate style={{ display: 'contents' }}>
        <DialogTitle id="migrate-dialog-title" className={classes.title}>
          {t(pod.checkpointsOf ? 'plan.restoreTitle' : 'plan.title', {
            pod: pod.name,
          })}
        </DialogTitle>
        <Stepper
          activeStep={steps.indexOf(step)}
          alternativeLabel={isSmall}
          className={classes.stepper}
        >
          {steps.map(id => (
            <Step key={id} aria-current={id === step ? 'step' : undefined}>
              <StepLabel>{t(`plan.steps.${id}`)}</StepLabel>
            </Step>
          ))}
        </Stepper>
        <DialogContent className={classes.content} dividers>
          {step === 'target' && (
            <TargetStep
              pod={pod}
              draft={draft}
              source={titleOf(clusters, pod.cluster)}
              targets={targets}
              excluded={excluded}
              refusal={isAtTarget ? refused : undefined}
              onChange={change}
            />
          )}
          {step === 'options' && (
            <OptionsStep
              pod={pod}
              entityRef={entityRef}
              draft={draft}
              onChange={change}
            />
          )}
          {step === 'plan' && (
            <PlanStep
              planned={planned}
              clusters={clusters}
              reason={draft.reason}
              isDisabled={isBusy}
              onReason={reason => change({ reason })}
            />
          )}
          {refusal && (
            <RefusalNote title={t('plan.refused')} refusal={refusal} />
          )}
        </DialogContent>
        <DialogButtons
          mode={draft.mode}
          target={titleOf(clusters, draft.targetCluster)}
          isFirst={step === 'target'}
          next={steps[steps.indexOf(step) + 1] === 'plan' ? 'toPlan' : 'next'}
          isLast={step === 'plan'}
          isBusy={isBusy}
          canGoOn={isReady && (step !== 'plan' || isClear)}
          onClose={onClose}
          onBack={() => setStep(steps[steps.indexOf(step) - 1])}
        />
      </form>
    </Dialog>
  );
};
