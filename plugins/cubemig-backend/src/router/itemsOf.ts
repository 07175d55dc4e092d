import { z } from 'zod';

/** A list as the API answers it. */
export const itemsOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item) });
