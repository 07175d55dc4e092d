import { z } from 'zod';
import { FieldError } from '../failures';

/** @throws FieldError that names the first wrong field, and says of each what it must be */
export function parseInput<T extends z.ZodType>(
  schema: T,
  input: unknown,
): z.output<T> {
  const parsed = schema.safeParse(input, {
    error: issue => {
      if (issue.code === 'invalid_type' && issue.input === undefined) {
        return `is missing: give a ${issue.expected}`;
      }
      if (issue.code === 'invalid_format' && issue.format === 'datetime') {
        return 'must be a time such as 2026-11-23T14:00:00Z';
      }
      return undefined;
    },
  });
  if (parsed.success) return parsed.data;
  const [first, ...others] = parsed.error.issues.flatMap(describe);
  throw new FieldError(
    first.field,
    [
      first.message,
      ...others.map(({ field, message }) => `${field}: ${message}`),
    ].join('; '),
  );
}

function describe(issue: z.core.$ZodIssue) {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(field => ({
      field,
      message: 'is not a known field; leave it out',
    }));
  }
  const field = issue.path.join('.') || 'request';
  return [{ field, message: issue.message }];
}
