import { namespaceName, objectName } from '@cubemig/plugin-cubemig-common';
import { z } from 'zod';

/** Only what a route says of itself, never its labels, owners or status. */
const specPath = z
  .string()
  .max(512)
  .regex(/^\/spec(\/.*)?$/, 'must begin with /spec');

const patchOperation = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('add'), path: specPath, value: z.json() }),
  z.strictObject({ op: z.literal('replace'), path: specPath, value: z.json() }),
  z.strictObject({ op: z.literal('remove'), path: specPath }),
  z.strictObject({ op: z.literal('test'), path: specPath, value: z.json() }),
]);

const match = z.strictObject({
  namespace: namespaceName,
  workload: objectName.optional(),
});

const trafficRule = z.strictObject({
  match,
  cluster: z.enum(['source', 'target']),
  kind: z.enum(['VirtualService', 'DestinationRule', 'HTTPRoute']),
  namespace: namespaceName,
  name: objectName,
  patch: z.array(patchOperation).min(1).max(50),
});
/** One change to a route at cut-over. */
export type TrafficRule = z.infer<typeof trafficRule>;

const webhook = z.strictObject({
  match: match.optional(),
  url: z.url({
    protocol: /^https?$/,
    error: 'must be an http or https address',
  }),
  secret: z
    .string()
    .min(
      16,
      'must have at least 16 characters; make one with: openssl rand -hex 24',
    ),
  timeoutSeconds: z.number().min(1).max(60).default(10),
});
/** Somebody who is told of a cut-over. */
export type Webhook = z.infer<typeof webhook>;

/** Keys of `cubemig.migration` in app-config about where pods may go, what goes with them, and how traffic follows. */
export const placementSettings = {
  protectedNamespaces: z
    .array(namespaceName)
    .default(['kube-system', 'kube-public', 'kube-node-lease']),
  maxVolumeBytes: z
    .number()
    .int()
    .min(0)
    .max(2 ** 40)
    .default(2 ** 30),
  volumeKeySecret: objectName.optional(),
  traffic: z.array(trafficRule).max(200).default([]),
  webhooks: z.array(webhook).max(20).default([]),
};
