import { InputError } from '@backstage/errors';
import { z } from 'zod';

/** @throws InputError with one line for each wrong field: its name, and what it must be */
export function parseInput<T extends z.ZodType>(
  schema: T,
  input: unknown,
): z.output<T> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new InputError(
    parsed.error.issues
      .map(issue => `${issue.path.join('.') || 'request'}: ${issue.message}`)
      .join('; '),
  );
}
