import TextField from '@material-ui/core/TextField';
import {
  Containment,
  containments,
  cubemigSecretCopyPermission,
} from '@cubemig/plugin-cubemig-common';
import { SwitchField } from '../form';
import { useDenial } from '../permit';
import { useWords } from '../translation';
import { ContainersField } from './ContainersField';
import { canTakeReferences, Draft, hasFollowers } from './draft';
import { Passenger } from './passenger';

/** What travels along, what is looked into, and what happens to the source. */
export const OptionsStep = (props: {
  pod: Passenger;
  entityRef?: string;
  draft: Draft;
  onChange(changes: Partial<Draft>): void;
}) => {
  const { pod, entityRef, draft, onChange } = props;
  const t = useWords();
  const noSecrets = useDenial(cubemigSecretCopyPermission, entityRef);
  return (
    <>
      {hasFollowers(pod, draft) && pod.owner && (
        <SwitchField
          label={t('plan.wholeWorkload', pod.owner)}
          detail={t('plan.wholeWorkloadDetail')}
          value={draft.wholeWorkload}
          onChange={wholeWorkload => onChange({ wholeWorkload })}
        />
      )}
      {pod.containers.length > 1 && (
        <ContainersField
          containers={pod.containers}
          value={draft.containers}
          onChange={containers => onChange({ containers })}
        />
      )}
      <SwitchField
        label={t('plan.forensicAnalysis')}
        detail={t('plan.forensicAnalysisDetail')}
        value={draft.forensicAnalysis}
        onChange={forensicAnalysis => onChange({ forensicAnalysis })}
      />
      <SwitchField
        label={t('plan.aiAssessment')}
        detail={t('plan.aiAssessmentDetail')}
        value={draft.forensicAnalysis && draft.aiAssessment}
        isDisabled={!draft.forensicAnalysis}
        onChange={aiAssessment => onChange({ aiAssessment })}
      />
      {draft.mode !== 'checkpoint' && (
        <SwitchField
          label={t('plan.copyVolumes')}
          detail={t('plan.copyVolumesDetail')}
          value={draft.copyVolumes}
          onChange={copyVolumes => onChange({ copyVolumes })}
        />
      )}
      {canTakeReferences(draft) && (
        <>
          <SwitchField
            label={t('plan.copyConfigMaps')}
            detail={t('plan.copyConfigMapsDetail')}
            value={draft.copyConfigMaps}
            onChange={copyConfigMaps => onChange({ copyConfigMaps })}
          />
          <SwitchField
            label={t('plan.copySecrets')}
            detail={
              noSecrets ??
              t('plan.copySecretsDetail', {
                permission: cubemigSecretCopyPermission.name,
              })
            }
            isDisabled={Boolean(noSecrets)}
            value={draft.copySecrets}
            onChange={copySecrets => onChange({ copySecrets })}
          />
        </>
      )}
      {draft.mode !== 'move' && (
        <TextField
          select
          id="migrate-contain"
          label={t('plan.contain')}
          variant="outlined"
          size="small"
          value={draft.contain}
          InputLabelProps={{ shrink: true }}
          SelectProps={{ native: true }}
          onChange={event =>
            onChange({ contain: event.target.value as Containment })
          }
        >
          {containments.map(value => (
            <option key={value} value={value}>
              {t(`plan.containments.${value}`)}
            </option>
          ))}
        </TextField>
      )}
    </>
  );
};
