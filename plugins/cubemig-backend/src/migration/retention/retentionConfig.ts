import { z } from 'zod';

/** `cubemig.retention` of app-config. */
export const retentionConfigSchema = z
  .strictObject({
    keepPerWorkload: z.number().int().min(0).max(10_000).default(5),
    maxAgeDays: z.number().positive().max(36_500).default(90),
    maxTotalGigabytes: z.number().positive().optional(),
    keepFailedHours: z.number().min(0).max(87_600).default(24),
    everyMinutes: z.number().min(1).max(1440).default(15),
  })
  .prefault({});
export type RetentionConfig = z.infer<typeof retentionConfigSchema>;
