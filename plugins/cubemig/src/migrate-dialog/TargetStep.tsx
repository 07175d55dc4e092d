import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { Cluster } from '@cubemig/plugin-cubemig-common';
import { SwitchField } from '../form';
import { Refusal } from '../problem';
import { useWords } from '../translation';
import { canBeQuarantined, Draft } from './draft';
import { ModeField } from './ModeField';
import { NoTarget } from './NoTarget';
import { Passenger } from './passenger';
import { TargetField } from './TargetField';
import { WhatWillHappen } from './WhatWillHappen';

/** What shall happen to the pod, and where it goes. */
export const TargetStep = (props: {
  pod: Passenger;
  draft: Draft;
  /** What a person calls the source cluster. */
  source: string;
  targets: Cluster[];
  excluded: Cluster[];
  /** Why a field was not accepted. */
  refusal?: Refusal;
  onChange(changes: Partial<Draft>): void;
}) => {
  const { pod, draft, source, targets, excluded, refusal, onChange } = props;
  const t = useWords();
  const errorOf = (field: string) =>
    refusal?.field === field ? refusal.message : undefined;
  const target = targets.find(({ name }) => name === draft.targetCluster);
  return (
    <>
      <Typography variant="body1">
        {t(pod.checkpointsOf ? 'plan.takenIn' : 'plan.runsIn', {
          cluster: source,
        })}
        {pod.owner && `, ${t('plan.ownedBy', pod.owner)}`}
      </Typography>
      {draft.mode !== 'restore' && (
        <ModeField value={draft.mode} onChange={mode => onChange({ mode })} />
      )}
      {draft.mode !== 'checkpoint' && targets.length === 0 && (
        <NoTarget excluded={excluded} />
      )}
      {draft.mode !== 'checkpoint' && targets.length > 0 && (
        <>
          <TargetField
            value={target?.name ?? ''}
            targets={targets}
            excluded={excluded}
            error={errorOf('targetCluster')}
            onChange={targetCluster => onChange({ targetCluster })}
          />
          <TextField
            id="migrate-namespace"
            label={t('plan.targetNamespace')}
            placeholder={pod.namespace}
            variant="outlined"
            size="small"
            value={draft.targetNamespace}
            error={Boolean(errorOf('targetNamespace'))}
            helperText={
              errorOf('targetNamespace') ??
              t(
                pod.checkpointsOf
                  ? 'plan.restoreNamespaceHelp'
                  : 'plan.targetNamespaceHelp',
                { namespace: pod.namespace },
              )
            }
            InputLabelProps={{ shrink: true }}
            inputProps={{ maxLength: 63 }}
            onChange={event =>
              onChange({ targetNamespace: event.target.value })
            }
          />
        </>
      )}
      {canBeQuarantined(draft) && targets.length > 0 && (
        <SwitchField
          label={t('plan.quarantine')}
          detail={t('plan.quarantineDetail')}
          value={draft.quarantine}
          onChange={quarantine => onChange({ quarantine })}
        />
      )}
      {draft.mode === 'move' && targets.length > 0 && (
        <WhatWillHappen
          source={source}
          target={target?.title ?? target?.name}
        />
      )}
    </>
  );
};
