import { badRequest } from '../ApiError';

type Labels = Record<string, string>;

/** A selector as workloads carry it. */
export interface LabelSelector {
  matchLabels?: Labels;
  matchExpressions?: {
    key: string;
    operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
    values?: string[];
  }[];
}

type Requirement = NonNullable<LabelSelector['matchExpressions']>[number];

/** Whether labels satisfy a workload's selector. An empty selector matches everything. */
export function matchesSelector(
  { matchLabels = {}, matchExpressions = [] }: LabelSelector,
  labels: Labels = {},
): boolean {
  return (
    Object.entries(matchLabels).every(
      ([key, value]) => labels[key] === value,
    ) && matchExpressions.every(requirement => satisfies(requirement, labels))
  );
}

function satisfies(
  { key, operator, values = [] }: Requirement,
  labels: Labels,
): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      throw badRequest(`"${operator}" is not a valid label selector operator`);
  }
}

const SET_BASED = /^(\S+)\s+(in|notin)\s*\(([^)]*)\)$/;
const EQUALITY_BASED = /^([^\s!=]+)\s*(==|=|!=)\s*([^\s!=]*)$/;
const EXISTENCE = /^(!?)\s*([^\s!=(),]+)$/;

/** Parses a query parameter, for example `app=shop,tier in (a, b),!canary`. */
export function parseLabelSelector(text: string): LabelSelector {
  // Commas inside parentheses separate values, the others requirements.
  const parts = text.split(/,(?![^(]*\))/).map(part => part.trim());
  return {
    matchExpressions: parts.filter(Boolean).map(part => {
      const set = SET_BASED.exec(part);
      if (set) {
        return {
          key: set[1],
          operator: set[2] === 'in' ? 'In' : 'NotIn',
          values: set[3].split(',').map(value => value.trim()),
        };
      }
      const equality = EQUALITY_BASED.exec(part);
      if (equality) {
        return {
          key: equality[1],
          operator: equality[2] === '!=' ? 'NotIn' : 'In',
          values: [equality[3]],
        };
      }
      const existence = EXISTENCE.exec(part);
      if (existence) {
        return {
          key: existence[2],
          operator: existence[1] ? 'DoesNotExist' : 'Exists',
        };
      }
      throw badRequest(
        `unable to parse requirement: found '${part}', expected: a label requirement`,
      );
    }),
  };
}
