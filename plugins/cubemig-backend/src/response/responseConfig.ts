import {
  clusterName,
  namespaceName,
  ruleInputSchema,
} from '@cubemig/plugin-cubemig-common';
import { z } from 'zod';

const count = z.number().int().min(1).max(10_000);
const entityRef = z.string().min(1).max(512);

/** `cubemig.response` of app-config. */
export const responseConfigSchema = z
  .strictObject({
    rules: z
      .array(ruleInputSchema)
      .default([])
      .refine(
        rules => new Set(rules.map(({ name }) => name)).size === rules.length,
        'each rule needs a name of its own',
      ),
    protectSingleReplicas: z.boolean().default(false),
    quarantine: z
      .strictObject({
        clusters: z.array(clusterName).min(1),
        namespace: namespaceName.optional(),
      })
      .optional(),
    maxHops: z.number().int().min(0).max(10).default(1),
    maxAlertAgeSeconds: z.number().int().min(10).max(86_400).default(900),
    approvalSeconds: z.number().int().min(10).max(604_800).default(3600),
    notify: z.array(entityRef).default([]),
    limits: z
      .strictObject({
        active: count.default(10),
        activePerCluster: count.default(3),
        perHour: count.default(30),
      })
      .prefault({}),
    breaker: z
      .strictObject({
        windowSeconds: z.number().int().min(60).max(604_800).default(86_400),
        perWorkload: count.default(2),
        perCluster: count.default(5),
      })
      .prefault({}),
  })
  .prefault({});
export type ResponseConfig = z.infer<typeof responseConfigSchema>;
