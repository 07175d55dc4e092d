import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useState } from 'react';
import { ResponseRule, RuleInput } from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { useAction } from '../confirm';
import { FormDialog } from '../form';
import { useWords } from '../translation';
import { DeedFields } from './DeedFields';
import { MatchFields } from './MatchFields';
import { arePairs, draftOfRule, RuleDraft, ruleOfDraft } from './ruleDraft';
import { TryRule } from './TryRule';

/** Writes or changes a rule, and tries it out before it is saved. */
export const RuleDialog = (props: {
  /** Absent for a new one. */
  rule: ResponseRule | undefined;
  onClose(): void;
  onSaved(): void;
}) => {
  const { rule, onClose, onSaved } = props;
  const t = useWords();
  const { response } = useApi(cubemigApiRef);
  const [draft, setDraft] = useState<RuleDraft>(() => draftOfRule(rule));
  const change = (changes: Partial<RuleDraft>) =>
    setDraft(previous => ({ ...previous, ...changes }));
  const save = useAction(
    useCallback(
      (input: RuleInput) =>
        rule
          ? response.updateRule(rule.id, {
              revision: rule.revision,
              rule: input,
            })
          : response.addRule(input),
      [response, rule],
    ),
    onSaved,
  );
  const isWhole =
    draft.name.trim() !== '' &&
    (draft.action !== 'migrate' || draft.target !== '') &&
    arePairs(draft.labels) &&
    arePairs(draft.outputFields);
  return (
    <FormDialog
      title={
        rule ? t('rules.editTitle', { name: rule.name }) : t('rules.addTitle')
      }
      verb={t('rules.save')}
      isWhole={isWhole}
      isBusy={save.isBusy}
      refusal={save.refusal}
      refusalTitle={t('rules.refused')}
      onSubmit={() => save.run(ruleOfDraft(draft))}
      onClose={onClose}
    >
      <MatchFields draft={draft} onChange={change} />
      <DeedFields draft={draft} onChange={change} />
      <TryRule rule={isWhole ? ruleOfDraft(draft) : undefined} />
    </FormDialog>
  );
};
