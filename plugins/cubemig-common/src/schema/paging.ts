import { z } from 'zod';

/** One page of a list. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    /** Absent on the last page. */
    nextCursor: z.string().optional(),
    /** How many there are on all pages. */
    total: z.number().int(),
  });

/** Which page of a list, and how long it is at most. */
export const pageQueryShape = {
  /** `nextCursor` of the page before. */
  cursor: z.string().max(512).optional(),
  limit: z.coerce.number<number>().int().min(1).max(500).default(100),
};

/** A comma-separated list in a query. */
export const listOf = <T extends z.ZodType<string, string>>(item: T) =>
  z
    .string()
    .max(4000)
    .transform(text => text.split(','))
    .pipe(z.array(item).max(50));
