import TextField from '@material-ui/core/TextField';
import { Containment, containments } from '@cubemig/plugin-cubemig-common';
import { SwitchField } from '../form';
import { useWords } from '../translation';
import { Draft } from './draft';

/** What travels along, what is looked into, and what happens to the source. */
export const OptionsStep = (props: {
  draft: Draft;
  onChange(changes: Partial<Draft>): void;
}) => {
  const { draft, onChange } = props;
  const t = useWords();
  return (
    <>
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
        <>
          <SwitchField
            label={t('plan.copyVolumes')}
            detail={t('plan.copyVolumesDetail')}
            value={draft.copyVolumes}
            onChange={copyVolumes => onChange({ copyVolumes })}
          />
          <SwitchField
            label={t('plan.copyConfigMaps')}
            detail={t('plan.copyConfigMapsDetail')}
            value={draft.copyConfigMaps}
            onChange={copyConfigMaps => onChange({ copyConfigMaps })}
          />
        </>
      )}
      {draft.mode === 'copy' && (
        <SwitchField
          label={t('plan.quarantine')}
          detail={t('plan.quarantineDetail')}
          value={draft.quarantine}
          onChange={quarantine => onChange({ quarantine })}
        />
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
