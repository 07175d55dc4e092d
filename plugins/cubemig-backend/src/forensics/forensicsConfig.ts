import { objectName } from '@cubemig/plugin-cubemig-common';
import { z } from 'zod';

/** `cubemig.forensics` of app-config. */
export const forensicsConfigSchema = z
  .strictObject({
    byDefault: z.boolean().default(true),
    decryptionSecret: objectName.optional(),
    inquiryTimeoutSeconds: z.number().int().min(10).max(3600).default(300),
  })
  .prefault({});
export type ForensicsConfig = z.infer<typeof forensicsConfigSchema>;
