import { z } from 'zod';
import { phaseNames } from './migrations';
import { namespaceName, objectName, timestamp } from './kubernetes';

/** A repository's path in a registry, as the OCI distribution specification allows it: no empty part, no `..`. */
export const repositoryPath = z
  .string()
  .regex(
    /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/,
    'must be a repository path: lower case letters, digits and single ".", "_", "-" or "/" between them',
  );

/** The environment variable of the courier's Job that holds its request. */
export const COURIER_REQUEST_VARIABLE = 'COURIER_REQUEST';

/** A Job's termination message is cut by the kubelet at 4096 bytes; the courier keeps below. */
export const COURIER_RESULT_MAX_BYTES = 4096;

/** What the courier is to do. The backend writes it into the Job, the courier validates it again. */
export const courierRequestSchema = z.strictObject({
  version: z.literal(1),
  /** The migration's id; becomes part of the images' tags and labels. */
  migration: z.string().regex(/^[a-z0-9-]{1,64}$/),
  pod: z.strictObject({
    namespace: namespaceName,
    name: objectName,
    uid: z.string().min(1).max(64),
  }),
  /** Names of the containers to checkpoint, all of one pod. */
  containers: z.array(z.string().min(1).max(63)).min(1).max(32),
  kubelet: z.strictObject({
    port: z.number().int().min(1).max(65535),
    /** For kubelets with self-signed certificates: do not verify against the cluster's CA. */
    skipTlsVerify: z.boolean(),
    /** How long the kubelet may take for one checkpoint, in seconds. */
    timeoutSeconds: z.number().int().min(1).max(3600),
  }),
  registry: z.strictObject({
    /** `host[:port]`, without a scheme. */
    host: z.string().min(1).max(253),
    /** The repository below the host, with the cluster's prefix, for example `cubemig/cluster1/demo/counter`. */
    repository: repositoryPath.max(255),
    /** Plain http. Only if the config says so. */
    insecure: z.boolean(),
    /** The CA certificates (PEM) that may have signed the registry's; the system's, where there are none. */
    ca: z.string().max(65_536).optional(),
  }),
  compression: z.enum(['none', 'gzip', 'zstd', 'auto']),
  /** Who may read the checkpoints: public RSA keys (PEM). Without them they are not encrypted. */
  recipients: z.array(z.string().max(8192)).min(1).max(8).optional(),
});
export type CourierRequest = z.infer<typeof courierRequestSchema>;

/**
 * The tag that a container's checkpoint image has in the migration's repository. Deterministic, so that a migration
 * finds again what its courier pushed.
 */
export function checkpointTag(migration: string, container: string): string {
  return `${migration}-${container}`.slice(0, 128);
}

/** What a checkpoint image's signature says besides its digest: it is of no use to another migration. */
export function checkpointClaims(
  migration: string,
  container: string,
): Record<string, string> {
  return {
    'cubemig.io/migration': migration,
    'cubemig.io/container': container,
  };
}

const courierEventBase = {
  version: z.literal(1),
  /** Rises by one from line to line, from 1: reading a log again from its start does no harm. */
  sequence: z.number().int().positive(),
  time: timestamp,
  container: z.string().max(63),
  phase: z.enum(phaseNames),
};

/** One line of the courier's log. */
export const courierEventSchema = z.discriminatedUnion('type', [
  z.object({ ...courierEventBase, type: z.literal('started') }),
  z.object({
    ...courierEventBase,
    type: z.literal('progress'),
    bytes: z.number().nonnegative(),
  }),
  z.object({
    ...courierEventBase,
    type: z.literal('finished'),
    bytes: z.number().nonnegative(),
    /** Nothing was done for it: an earlier run of the same migration had done it. */
    reused: z.literal(true).optional(),
  }),
  z.object({
    ...courierEventBase,
    type: z.literal('failed'),
    message: z.string().max(2000),
  }),
]);
export type CourierEvent = z.infer<typeof courierEventSchema>;

/** What the courier leaves as its termination message: results, or why it failed. */
export const courierResultSchema = z.object({
  version: z.literal(1),
  migration: z.string(),
  checkpoints: z
    .array(
      z.object({
        container: z.string().max(63),
        /** The manifest's digest, `sha256:...`. */
        digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
        archiveBytes: z.number().nonnegative(),
        layerBytes: z.number().nonnegative(),
        /** From the archive's stats-dump: how long CRIU held the container still, in microseconds. */
        frozenMicros: z.number().nonnegative().optional(),
        /** The image was in the registry already: an earlier run of the same migration had taken this checkpoint. */
        reused: z.literal(true).optional(),
      }),
    )
    .max(32),
  failure: z
    .object({
      container: z.string().max(63).optional(),
      phase: z.enum(phaseNames).optional(),
      message: z.string().max(1500),
    })
    .optional(),
});
export type CourierResult = z.infer<typeof courierResultSchema>;
