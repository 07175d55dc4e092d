import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { priorities, Priority } from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { useClusters } from '../clusters';
import { ListField, WordField } from '../form';
import { usePolling } from '../polling';
import { SelectFilter } from '../table';
import { useWords } from '../translation';
import { arePairs, RuleDraft } from './ruleDraft';

/** A rule's name, and what an alert must be like. */
export const MatchFields = (props: {
  draft: RuleDraft;
  onChange(changes: Partial<RuleDraft>): void;
}) => {
  const { draft, onChange } = props;
  const t = useWords();
  const { response } = useApi(cubemigApiRef);
  const clusters = useClusters();
  const load = useCallback(() => response.listFalcoRules(), [response]);
  const { value: falcoRules = [] } = usePolling(load, undefined);
  const pairs = (name: 'labels' | 'outputFields') => (
    <WordField
      label={t(`rules.${name}`)}
      multiline
      value={draft[name]}
      error={!arePairs(draft[name])}
      helperText={t(
        arePairs(draft[name]) ? 'rules.pairsHelp' : 'rules.pairsProblem',
      )}
      onChange={value => onChange({ [name]: value })}
    />
  );
  return (
    <>
      <WordField
        label={t('rules.name')}
        required
        value={draft.name}
        inputProps={{ maxLength: 200 }}
        onChange={name => onChange({ name })}
      />
      <WordField
        label={t('rules.description')}
        value={draft.description}
        inputProps={{ maxLength: 2000 }}
        onChange={description => onChange({ description })}
      />
      <ListField
        label={t('rules.falcoRules')}
        help={t('rules.falcoRulesHelp')}
        value={draft.rules}
        options={falcoRules.map(({ name }) => name)}
        onChange={rules => onChange({ rules })}
      />
      <SelectFilter
        label={t('rules.priority')}
        all={t('rules.anyPriority')}
        value={draft.priority || undefined}
        options={priorities.map(value => ({
          value,
          title: t('rules.atLeast', {
            priority: t(`alerts.priorities.${value}`),
          }),
        }))}
        onChange={priority =>
          onChange({ priority: (priority as Priority | undefined) ?? '' })
        }
      />
      <ListField
        label={t('rules.clusters')}
        value={draft.clusters}
        options={clusters.options.map(({ value }) => value)}
        onChange={chosen => onChange({ clusters: chosen })}
      />
      <ListField
        label={t('rules.namespaces')}
        value={draft.namespaces}
        options={[]}
        onChange={namespaces => onChange({ namespaces })}
      />
      <ListField
        label={t('rules.tags')}
        value={draft.tags}
        options={[]}
        onChange={tags => onChange({ tags })}
      />
      {pairs('labels')}
      {pairs('outputFields')}
    </>
  );
};
