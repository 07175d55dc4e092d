import { z } from 'zod';

const price = z.strictObject({
  promptPerMillion: z.number().nonnegative(),
  completionPerMillion: z.number().nonnegative(),
});

/** `cubemig.assessment` of app-config. */
export const assessmentConfigSchema = z
  .strictObject({
    apiKey: z.string().min(1).optional(),
    model: z.string().min(1).max(200).default('llama-3.3-70b-versatile'),
    baseUrl: z.url({ protocol: /^https?$/ }).optional(),
    timeoutSeconds: z.number().int().min(1).max(900).default(120),
    attempts: z.number().int().min(1).max(10).default(4),
    maxPromptCharacters: z
      .number()
      .int()
      .min(4_000)
      .max(1_000_000)
      .default(48_000),
    redactIpAddresses: z.boolean().default(false),
    currency: z.string().length(3).default('USD'),
    prices: z.record(z.string(), price).default({}),
  })
  .prefault({});
export type AssessmentConfig = z.infer<typeof assessmentConfigSchema>;
