import {
  Containment,
  Priority,
  ResponseMode,
  ResponseRule,
  RuleInput,
  RuleMatch,
} from '@cubemig/plugin-cubemig-common';

/** A rule as its editor holds it: lists as lists, pairs as text. */
export interface RuleDraft {
  name: string;
  description: string;
  rules: string[];
  clusters: string[];
  namespaces: string[];
  tags: string[];
  priority: Priority | '';
  labels: string;
  outputFields: string;
  action: string;
  /** A cluster's name, or `quarantine:` for the policy, which no cluster can be called. */
  target: string;
  contain: Containment;
  forensicAnalysis: boolean;
  aiAssessment: boolean;
  mode: ResponseMode;
  cooldownMinutes: number;
  continue: boolean;
  /** What this editor has no field for, kept as it is. */
  rest: Pick<RuleMatch, 'sources' | 'priority'>;
}

export const QUARANTINE = 'quarantine:';

export function draftOfRule(rule: ResponseRule | undefined): RuleDraft {
  const match = rule?.match ?? {};
  const { target, priority } = { target: rule?.target, ...match };
  const isAtLeast = priority?.operator === '>=';
  return {
    name: rule?.name ?? '',
    description: rule?.description ?? '',
    rules: match.rules ?? [],
    clusters: match.clusters ?? [],
    namespaces: match.namespaces ?? [],
    tags: match.tags ?? [],
    priority: isAtLeast ? priority.value : '',
    labels: writePairs(match.labels),
    outputFields: writePairs(match.outputFields),
    action: rule?.action ?? 'checkpoint',
    target:
      (target && ('cluster' in target ? target.cluster : QUARANTINE)) ?? '',
    contain: rule?.contain ?? 'none',
    forensicAnalysis: rule?.forensicAnalysis ?? true,
    aiAssessment: rule?.aiAssessment ?? false,
    mode: rule?.mode ?? 'dry-run',
    cooldownMinutes: Math.round((rule?.cooldownSeconds ?? 3600) / 60),
    continue: rule?.continue ?? false,
    rest: {
      sources: match.sources,
      priority: isAtLeast ? undefined : priority,
    },
  };
}

/** The rule that the editor's fields say, without what does not belong to its action. */
export function ruleOfDraft(draft: RuleDraft): RuleInput {
  const takesEvidence = draft.action !== 'log' && draft.action !== 'notify';
  const target =
    draft.target === QUARANTINE
      ? ({ policy: 'quarantine' } as const)
      : { cluster: draft.target };
  return {
    name: draft.name.trim(),
    description: draft.description.trim() || undefined,
    match: {
      ...draft.rest,
      rules: someOf(draft.rules),
      clusters: someOf(draft.clusters),
      namespaces: someOf(draft.namespaces),
      tags: someOf(draft.tags),
      ...(draft.priority && {
        priority: { operator: '>=' as const, value: draft.priority },
      }),
      labels: readPairs(draft.labels),
      outputFields: readPairs(draft.outputFields),
    },
    action: draft.action,
    target: draft.action === 'migrate' && draft.target ? target : undefined,
    contain: takesEvidence ? draft.contain : 'none',
    forensicAnalysis: takesEvidence && draft.forensicAnalysis,
    aiAssessment: takesEvidence && draft.forensicAnalysis && draft.aiAssessment,
    mode: draft.mode,
    cooldownSeconds: draft.cooldownMinutes * 60,
    continue: draft.continue,
  };
}

/** Whether each line says `name=value`. */
export function arePairs(text: string): boolean {
  return linesOf(text).every(line => /^[^=]+=.+$/.test(line));
}

function someOf(list: string[]): string[] | undefined {
  return list.length > 0 ? list : undefined;
}

function readPairs(text: string): Record<string, string> | undefined {
  const lines = linesOf(text);
  if (lines.length === 0) return undefined;
  return Object.fromEntries(
    lines.map(line => {
      const at = line.indexOf('=');
      return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    }),
  );
}

function writePairs(record: Record<string, string> | undefined): string {
  return Object.entries(record ?? {})
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean);
}
