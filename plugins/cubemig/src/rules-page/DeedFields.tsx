import {
  Containment,
  containments,
  responseActions,
  ResponseMode,
  responseModes,
} from '@cubemig/plugin-cubemig-common';
import { useClusters } from '../clusters';
import { SwitchField, WordField } from '../form';
import { SelectFilter } from '../table';
import { useWords } from '../translation';
import { QUARANTINE, RuleDraft } from './ruleDraft';

/** What a rule does, and how freely. */
export const DeedFields = (props: {
  draft: RuleDraft;
  onChange(changes: Partial<RuleDraft>): void;
}) => {
  const { draft, onChange } = props;
  const t = useWords();
  const clusters = useClusters();
  const takesEvidence = draft.action !== 'log' && draft.action !== 'notify';
  return (
    <>
      <SelectFilter
        label={t('rules.action')}
        value={draft.action}
        hasAll={false}
        options={responseActions.map(value => ({
          value,
          title: t(`rules.actions.${value}`),
        }))}
        onChange={action => onChange({ action })}
      />
      {draft.action === 'migrate' && (
        <SelectFilter
          label={t('rules.target')}
          value={draft.target}
          hasAll={false}
          options={[
            { value: '', title: t('rules.chooseTarget') },
            ...clusters.options,
            { value: QUARANTINE, title: t('rules.quarantine') },
          ]}
          onChange={target => onChange({ target: target ?? '' })}
        />
      )}
      {takesEvidence && (
        <>
          <SelectFilter
            label={t('rules.contain')}
            value={draft.contain}
            hasAll={false}
            options={containments.map(value => ({
              value,
              title: t(`plan.containments.${value}`),
            }))}
            onChange={contain => onChange({ contain: contain as Containment })}
          />
          <SwitchField
            label={t('rules.forensics')}
            value={draft.forensicAnalysis}
            onChange={forensicAnalysis => onChange({ forensicAnalysis })}
          />
          <SwitchField
            label={t('rules.assessment')}
            value={draft.forensicAnalysis && draft.aiAssessment}
            isDisabled={!draft.forensicAnalysis}
            onChange={aiAssessment => onChange({ aiAssessment })}
          />
        </>
      )}
      <SelectFilter
        label={t('rules.mode')}
        value={draft.mode}
        hasAll={false}
        options={responseModes.map(value => ({
          value,
          title: `${t(`rules.modes.${value}`)}: ${t(
            `rules.modeDetails.${value}`,
          )}`,
        }))}
        onChange={mode => onChange({ mode: mode as ResponseMode })}
      />
      <WordField
        label={t('rules.cooldown')}
        type="number"
        value={draft.cooldownMinutes}
        inputProps={{ min: 0, max: 10_080 }}
        onChange={minutes =>
          onChange({
            cooldownMinutes: Math.min(
              10_080,
              Math.max(0, Math.round(Number(minutes))),
            ),
          })
        }
      />
      <SwitchField
        label={t('rules.continue')}
        value={draft.continue}
        onChange={value => onChange({ continue: value })}
      />
    </>
  );
};
