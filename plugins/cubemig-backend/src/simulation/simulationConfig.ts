import { z } from 'zod';

/** `cubemig.simulation` of app-config. */
export const simulationConfigSchema = z
  .strictObject({
    enabled: z.boolean().default(true),
    timeoutSeconds: z.number().int().min(1).max(300).default(30),
  })
  .prefault({});
export type SimulationConfig = z.infer<typeof simulationConfigSchema>;
