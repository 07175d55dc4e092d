import { z } from 'zod';
import { namespaceName, objectName } from '../kubernetes';
import { courierId, imageDigest, labelName, repositoryPath } from './names';

/** Of a file in a Secret. */
const secretKey = z.string().regex(/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,252}$/);

const publicKey = z.string().max(8192);

/** Bytes; a volume of more than this is none to carry. */
const volumeBytes = z
  .number()
  .int()
  .min(1)
  .max(2 ** 40);

const courierRegistrySchema = z.strictObject({
  /** `host[:port]`, without a scheme. */
  host: z.string().min(1).max(253),
  /** The repository below the host, with the cluster's prefix, for example `cubemig/cluster1/demo/counter`. */
  repository: repositoryPath.max(255),
  /** Plain http. Only if the config says so. */
  insecure: z.boolean(),
  /** The CA certificates (PEM) that may have signed the registry's; the system's, where there are none. */
  ca: z.string().max(65_536).optional(),
  /** For a registry that wants to see a certificate: the names of certificate and key (PEM) in `courierPaths.registryTls`. */
  clientCertificate: z
    .strictObject({ certificate: secretKey, key: secretKey })
    .optional(),
});

const base = {
  version: z.literal(1),
  /** The migration's id; becomes part of the images' tags and labels. A task of no migration has an id of its own. */
  migration: courierId,
};

const checkpointTaskSchema = z
  .strictObject({
    ...base,
    task: z.literal('checkpoint'),
    pod: z.strictObject({
      namespace: namespaceName,
      name: objectName,
      uid: z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
    }),
    /** Names of the containers to checkpoint, all of one pod. */
    containers: z.array(labelName).min(1).max(32),
    kubelet: z.strictObject({
      /**
       * `node` (the default) asks the kubelet of the courier's own node. `api-server` goes through the API server's proxy, with the courier's
       * own token, which then needs `create` on `nodes/proxy`: that is, exec into every pod of the cluster.
       */
      via: z.enum(['node', 'api-server']).optional(),
      port: z.number().int().min(1).max(65535),
      /** For kubelets with self-signed certificates: do not verify against the cluster's CA. Never said of the API server. */
      skipTlsVerify: z.boolean(),
      /** How long the kubelet may take for one checkpoint, in seconds. */
      timeoutSeconds: z.number().int().min(1).max(3600),
    }),
    registry: courierRegistrySchema,
    compression: z.enum(['none', 'gzip', 'zstd', 'auto']),
    /** Who may read the checkpoints and volumes: public RSA keys (PEM). Without them they are not encrypted. */
    recipients: z.array(publicKey).min(1).max(8).optional(),
    /** The one public RSA key (PEM) to encrypt reports for. */
    platformKey: publicKey.optional(),
    /** emptyDir volumes to carry along, packed as soon as the last container has been checkpointed. */
    volumes: z
      .array(z.strictObject({ name: labelName, maxBytes: volumeBytes }))
      .max(32)
      .optional(),
    /** Look into each checkpoint and push what was found beside its image. */
    report: z.literal(true).optional(),
    /** Also keep the archives, as they are, in this folder below `courierPaths.kept`. */
    keep: z
      .strictObject({
        directory: z
          .string()
          .max(512)
          .regex(
            /^[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/,
            'must be a relative path without parts that begin with a dot',
          ),
      })
      .optional(),
    /** Leave the archives on the node; no sweep removes them either. */
    hold: z.literal(true).optional(),
  })
  .refine(r => new Set(r.containers).size === r.containers.length, {
    path: ['containers'],
    message: 'the same container twice',
  })
  .refine(r => !r.volumes || isDistinct(r.volumes), {
    path: ['volumes'],
    message: 'the same volume twice',
  })
  .refine(r => !(r.report && r.recipients && !r.platformKey), {
    path: ['platformKey'],
    message: 'is needed for the report of an encrypted checkpoint',
  })
  .refine(r => !(r.keep && r.recipients), {
    path: ['keep'],
    message: 'keeps archives in the clear, and these are to be encrypted',
  });
/** Checkpoints of one pod's containers, brought into the registry. */
export type CheckpointTask = z.infer<typeof checkpointTaskSchema>;

const restoreVolumesTaskSchema = z
  .strictObject({
    ...base,
    task: z.literal('restore-volumes'),
    registry: courierRegistrySchema,
    /** Each is unpacked into the folder of its name in `courierPaths.volumes`. */
    volumes: z
      .array(
        z.strictObject({
          name: labelName,
          digest: imageDigest,
          maxBytes: volumeBytes,
        }),
      )
      .min(1)
      .max(32),
  })
  .refine(r => isDistinct(r.volumes), {
    path: ['volumes'],
    message: 'the same volume twice',
  });
/** The data of volumes, put back by an init container of the restored pod. */
export type RestoreVolumesTask = z.infer<typeof restoreVolumesTaskSchema>;

/** What to look for in memory. */
export const memoryPatternSchema = z.union([
  z.strictObject({ text: z.string().min(1).max(1000) }),
  /** Bytes, two hexadecimal digits each. */
  z.strictObject({
    hex: z
      .string()
      .max(2000)
      .regex(/^(?:[0-9a-fA-F]{2})+$/),
  }),
  /** JavaScript's regular expressions, over memory where bytes that are no printable ASCII are `?`. Stopped when it takes too long. */
  z.strictObject({
    regex: z.string().min(1).max(200).refine(isRegex, {
      message: 'must be a regular expression',
    }),
  }),
]);

const searchMemoryTaskSchema = z.strictObject({
  ...base,
  task: z.literal('search-memory'),
  registry: courierRegistrySchema,
  /** Of the checkpoint image, in the registry's repository. */
  digest: imageDigest,
  pattern: memoryPatternSchema,
  /** Only in this process. */
  pid: z.number().int().min(1).optional(),
  /** Bytes to show on either side of a match. */
  context: z.number().int().min(0).max(256),
  maxMatches: z.number().int().min(1).max(1000),
  /** `masked`: passwords, tokens and keys that are known become `*`. */
  secrets: z.enum(['masked', 'shown']),
});
/** A search in the memory of a stored checkpoint. */
export type SearchMemoryTask = z.infer<typeof searchMemoryTaskSchema>;

const diffFilesTaskSchema = z.strictObject({
  ...base,
  task: z.literal('diff-files'),
  registry: courierRegistrySchema,
  /** Of the checkpoint image, in the registry's repository. */
  digest: imageDigest,
  /** The checkpoint to compare with, in any repository of the same registry; without it, files are shown as they are. */
  before: z
    .strictObject({
      repository: repositoryPath.max(255),
      digest: imageDigest,
    })
    .optional(),
  /** Only files below this absolute path. */
  path: z.string().max(1024).startsWith('/').optional(),
  maxFiles: z.number().int().min(1).max(1000),
  /** `masked`: secrets that are known, or look like one, become `******`. */
  secrets: z.enum(['masked', 'shown']),
});
/** What a container changed in its files, up to a stored checkpoint or between two. */
export type DiffFilesTask = z.infer<typeof diffFilesTaskSchema>;

const showVariableTaskSchema = z.strictObject({
  ...base,
  task: z.literal('show-variable'),
  registry: courierRegistrySchema,
  /** Of the checkpoint image, in the registry's repository. */
  digest: imageDigest,
  pid: z.number().int().min(1),
  name: z
    .string()
    .max(128)
    .regex(/^[A-Za-z_][A-Za-z0-9_.-]*$/),
});
/** The value of one environment variable of a process in a stored checkpoint, a secret's too. */
export type ShowVariableTask = z.infer<typeof showVariableTaskSchema>;

const sweepTaskSchema = z.strictObject({
  ...base,
  task: z.literal('sweep'),
  /** Leave what is younger: its courier may still be at work. In seconds. */
  olderThanSeconds: z
    .number()
    .int()
    .min(1)
    .max(10 * 365 * 24 * 3600),
});
/** Removes what couriers that died have left on a node. */
export type SweepTask = z.infer<typeof sweepTaskSchema>;

/** What the courier is to do. The backend writes it into the Job, the courier validates it again. */
export const courierRequestSchema = z.discriminatedUnion('task', [
  checkpointTaskSchema,
  restoreVolumesTaskSchema,
  searchMemoryTaskSchema,
  diffFilesTaskSchema,
  showVariableTaskSchema,
  sweepTaskSchema,
]);
export type CourierRequest = z.infer<typeof courierRequestSchema>;
export type CourierTask = CourierRequest['task'];

function isDistinct(volumes: { name: string }[]): boolean {
  return new Set(volumes.map(({ name }) => name)).size === volumes.length;
}

function isRegex(source: string): boolean {
  try {
    return Boolean(new RegExp(source));
  } catch {
    return false;
  }
}
