import {
  OriginalRule,
  originalConfigSchema,
} from '@cubemig/plugin-cubemig-common';

/** More than its thousand rules can take: no text of a person's is read beyond it, in characters. */
export const LARGEST_CONFIG = 2_000_000;

/** The rules in the original's `config.json`, or where it is not such a file. */
export function readOriginalRules(
  text: string,
): { rules: OriginalRule[] } | { problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  // The list alone is what people copy out of the file.
  const read = originalConfigSchema.safeParse(
    Array.isArray(value) ? { config: value } : value,
  );
  if (read.success) return { rules: read.data.config };
  const [{ path, message }] = read.error.issues;
  return { problem: [path.join('.'), message].filter(Boolean).join(': ') };
}
