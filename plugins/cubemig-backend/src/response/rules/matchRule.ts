import {
  priorities,
  Priority,
  RuleMatch,
  RuleTestResult,
} from '@cubemig/plugin-cubemig-common';
import { FieldValue } from '../../alerts/normalise';
import { matchesGlob } from './matchesGlob';

/** What rules look at. */
export interface Subject {
  cluster: string;
  rule: string;
  priority: Priority;
  source: string;
  tags: string[];
  namespace?: string;
  /** The pod's. */
  podLabels: Record<string, string>;
  fields: Record<string, FieldValue>;
}

export type Condition = RuleTestResult['rules'][number]['conditions'][number];

const UNKNOWN = 'unknown';
const SHOWN_LENGTH = 200;

/** Whether all conditions of a rule hold. */
export function isMatch(match: RuleMatch, subject: Subject): boolean {
  return explainMatch(match, subject).every(({ isMet }) => isMet);
}

/** Each condition that a rule has, and whether it holds. */
export function explainMatch(match: RuleMatch, subject: Subject): Condition[] {
  const { rules, tags, sources, clusters, namespaces } = match;
  return [
    anyOf('rules', rules, subject.rule),
    priorityIs(match.priority, subject.priority),
    tags && {
      field: 'tags',
      isMet: tags.every(tag =>
        subject.tags.some(actual => matchesGlob(tag, actual)),
      ),
      expected: tags.join(' and '),
      actual: show(subject.tags.join(', ')),
    },
    anyOf('sources', sources, subject.source),
    anyOf('clusters', clusters, subject.cluster),
    anyOf('namespaces', namespaces, subject.namespace),
    ...Object.entries(match.labels ?? {}).map(([key, glob]) =>
      anyOf(`labels.${key}`, [glob], own(subject.podLabels, key)),
    ),
    ...Object.entries(match.outputFields ?? {}).map(([key, glob]) =>
      fieldIs(key, glob, own(subject.fields, key)),
    ),
  ].filter(condition => condition !== undefined);
}

function anyOf(
  field: string,
  globs: string[] | undefined,
  actual: string | undefined,
): Condition | undefined {
  return (
    globs && {
      field,
      isMet:
        actual !== undefined && globs.some(glob => matchesGlob(glob, actual)),
      expected: globs.join(' or '),
      actual: show(actual),
    }
  );
}

function priorityIs(
  expected: RuleMatch['priority'],
  actual: Priority,
): Condition | undefined {
  if (!expected) return undefined;
  // The gravest comes first, so that a graver one has the lower index.
  const difference =
    priorities.indexOf(expected.value) - priorities.indexOf(actual);
  const isMet = {
    '=': difference === 0,
    '<': difference < 0,
    '<=': difference <= 0,
    '>': difference > 0,
    '>=': difference >= 0,
  }[expected.operator];
  return {
    field: 'priority',
    isMet,
    expected: `${expected.operator} ${expected.value}`,
    actual,
  };
}

function fieldIs(
  key: string,
  glob: string,
  actual: FieldValue | undefined,
): Condition {
  const values = [actual ?? []].flat(9).map(String);
  return {
    field: `outputFields.${key}`,
    isMet: values.some(value => matchesGlob(glob, value)),
    expected: glob,
    actual: show(values.length > 0 ? values.join(', ') : undefined),
  };
}

function own<T>(values: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}

function show(text: string | undefined) {
  return text ? text.slice(0, SHOWN_LENGTH) : UNKNOWN;
}
