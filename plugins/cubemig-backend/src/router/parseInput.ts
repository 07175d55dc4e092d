import { InputError } from '@backstage/errors';
import { z } from 'zod';

/** @throws InputError that names each wrong field and what it must be */
export function parseInput<T extends z.ZodType>(
  schema: T,
  input: unknown,
): z.output<T> {
  const parsed = schema.safeParse(input, {
    error: issue => {
      if (issue.code === 'invalid_type' && issue.input === undefined) {
        return `is missing: give a ${issue.expected}`;
      }
      return undefined;
    },
  });
  if (parsed.success) return parsed.data;
  throw new InputError(parsed.error.issues.flatMap(describe).join('; '));
}

function describe(issue: z.core.$ZodIssue): string[] {
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key => `${key}: is not a known field; leave it out`);
  }
  return [`${path || 'request'}: ${issue.message}`];
}
