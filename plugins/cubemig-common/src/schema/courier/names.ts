import { z } from 'zod';

/** A repository's path in a registry, as the OCI distribution specification allows it: no empty part, no `..`. */
export const repositoryPath = z
  .string()
  .regex(
    /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/,
    'must be a repository path: lower case letters, digits and single ".", "_", "-" or "/" between them',
  );

/** A manifest's digest, `sha256:...`. */
export const imageDigest = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** The name of a pod's volume or container: a DNS label. */
export const labelName = z
  .string()
  .max(63)
  .regex(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/);

/**
 * What a courier's objects and images are named after. Not longer, so that a tag (128 characters) holds it, a container's or volume's name
 * (63) and a suffix.
 */
export const courierId = z.string().regex(/^[a-z0-9-]{1,48}$/);

/** The environment variable of the courier's Job that holds its request. */
export const COURIER_REQUEST_VARIABLE = 'COURIER_REQUEST';

/** A Job's termination message is cut by the kubelet at 4096 bytes; the courier keeps below. */
export const COURIER_RESULT_MAX_BYTES = 4096;

/** Where the courier's pod must mount what. packages/courier/README.md tells which task needs which. */
export const courierPaths = {
  /** The kubelet's checkpoints: a hostPath, under the same path. */
  checkpoints: '/var/lib/kubelet/checkpoints',
  /** The volume on which archives are kept (`keep`). */
  kept: '/var/lib/cubemig/kept',
  /** Below it, each under its name, the volumes to be filled (`restore-volumes`). */
  volumes: '/var/lib/cubemig/volumes',
  /** Secret with `.dockerconfigjson`. */
  registry: '/var/run/secrets/cubemig/registry',
  /** Secret with the client certificate and key that `registry.clientCertificate` names. */
  registryTls: '/var/run/secrets/cubemig/registry-tls',
  /** Secret with `key.pem` (ECDSA P-256). */
  signing: '/var/run/secrets/cubemig/signing',
  /** Secret with private RSA keys in PEM, in files of any name. */
  decryption: '/var/run/secrets/cubemig/decryption',
  /** An emptyDir, where a task needs room on the disk. */
  temporary: '/tmp',
} as const;

/** Where the node keeps a pod's emptyDirs, each under its name: a hostPath, mounted under the same path, read-only. */
export function emptyDirsPath(podUid: string): string {
  return `/var/lib/kubelet/pods/${podUid}/volumes/kubernetes.io~empty-dir`;
}

/**
 * The tag that a container's checkpoint image has in the migration's repository. Deterministic, so that a migration
 * finds again what its courier pushed. No name of a container or volume has a dot: the three kinds of tags never meet.
 */
export function checkpointTag(migration: string, container: string): string {
  return `${migration}-${container}`;
}

/** The tag of the forensic report of a container's checkpoint. */
export function reportTag(migration: string, container: string): string {
  return `${migration}-${container}.report`;
}

/** The tag of a volume's data. */
export function volumeTag(migration: string, volume: string): string {
  return `${migration}-${volume}.volume`;
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

/** The same for a volume's data. */
export function volumeClaims(
  migration: string,
  volume: string,
): Record<string, string> {
  return { 'cubemig.io/migration': migration, 'cubemig.io/volume': volume };
}

/** The same for a forensic report. */
export function reportClaims(
  migration: string,
  container: string,
): Record<string, string> {
  return { 'cubemig.io/migration': migration, 'cubemig.io/report': container };
}

/** Media types of what the courier pushes besides images. */
export const courierMediaTypes = {
  /** The artifact that a forensic report is; `subject` is the checkpoint image. */
  report: 'application/vnd.cubemig.report.v1+json',
  /** Its one layer: `checkpointReportSchema` as JSON. With the suffix `+encrypted` as OCI image encryption has it. */
  reportLayer: 'application/vnd.cubemig.report.v1+json+gzip',
  /** The artifact that a volume's data are; its one layer is a tar, packed and encrypted as images are. */
  volume: 'application/vnd.cubemig.volume.v1+tar',
} as const;
