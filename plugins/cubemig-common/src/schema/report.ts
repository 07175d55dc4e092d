import { z } from 'zod';

/*
 * What is inside a checkpoint. Keys are in snake_case because a part of them is checkpointctl's: `container_name` to
 * `mounts` hold exactly what `checkpointctl inspect --all --format json` (1.5) prints. The rest is CubeMig's own.
 */

export const processNodeSchema = z.object({
  pid: z.number(),
  command: z.string(),
  /** The argument area with its NUL bytes as spaces, so it often ends in one. */
  cmdline: z.string().optional(),
  task_state: z.enum(['Alive', 'Dead', 'Stopped', 'Zombie', 'Unknown']),
  environment_variables: z.record(z.string(), z.string()).optional(),
  get children() {
    return z.array(processNodeSchema).optional();
  },
});
export type ProcessNode = z.infer<typeof processNodeSchema>;

export const openFileSchema = z.object({
  type: z.string(),
  /** Type and number, for example `REG 0`; `cwd` and `root` stand for the process's directories. */
  fd: z.string(),
  path: z.string(),
});

export const openSocketSchema = z.object({
  protocol: z.string().optional(),
  data: z.object({
    type: z.string().optional(),
    address: z.string().optional(),
    state: z.string().optional(),
    src: z.string().optional(),
    src_port: z.number().optional(),
    dst: z.string().optional(),
    dst_port: z.number().optional(),
    send_buf: z.string().optional(),
    recv_buf: z.string().optional(),
  }),
});

export const mountSchema = z.object({
  destination: z.string(),
  type: z.string(),
  source: z.string(),
});

const networkSchema = z.object({
  name: z.string(),
  interfaces: z.record(
    z.string(),
    z.object({
      ip: z.string().optional(),
      mac: z.string().optional(),
      gateway: z.string().optional(),
    }),
  ),
});

/** A process as a flat record; `process_tree` tells who started whom. */
export const processSchema = z.object({
  pid: z.number(),
  ppid: z.number(),
  pgid: z.number(),
  sid: z.number(),
  threads: z.number(),
  state: processNodeSchema.shape.task_state,
  command: z.string(),
  argv: z.array(z.string()),
  /** What `ps` shows where the program wrote another title over its arguments, as nginx does. */
  title: z.string().optional(),
  exe: z.string().optional(),
  /** The executable's file was removed while it runs. */
  exe_deleted: z.boolean(),
  cwd: z.string().optional(),
  root: z.string().optional(),
  uid: z.number().optional(),
  gid: z.number().optional(),
  capabilities: z.array(z.string()),
  /** Bytes of memory in the checkpoint, and of mappings that are shared. */
  memory_size: z.number(),
  shared_memory_size: z.number(),
});
export type Process = z.infer<typeof processSchema>;

export const descriptorSchema = z.object({
  pid: z.number(),
  fd: z.number(),
  type: z.string(),
  /** Equal for descriptors of the same pipe, FIFO, socket or file. */
  target: z.string(),
  path: z.string().optional(),
  deleted: z.boolean(),
  /** Of files, pipes and FIFOs: which way data can go. */
  access: z.enum(['read', 'write', 'both']).optional(),
});
export type Descriptor = z.infer<typeof descriptorSchema>;

const endpointSchema = z.object({ address: z.string(), port: z.number() });

export const connectionSchema = z.object({
  pid: z.number(),
  fd: z.number(),
  family: z.string(),
  protocol: z.string(),
  state: z.string(),
  local: endpointSchema.optional(),
  remote: endpointSchema.optional(),
  /** Of a unix socket; an abstract name starts with `@`. */
  path: z.string().optional(),
  inode: z.number(),
  peer_inode: z.number().optional(),
  /** Bytes that were sent but not acknowledged, and received but not read; known of TCP connections. */
  send_queue: z.number().optional(),
  receive_queue: z.number().optional(),
});
export type Connection = z.infer<typeof connectionSchema>;

export const rootfsChangeSchema = z.object({
  path: z.string(),
  /** `written`: added or changed; an archive holds no base image, so which of the two is not always known. */
  change: z.enum(['added', 'changed', 'written', 'deleted']),
  type: z
    .enum(['file', 'directory', 'symlink', 'hardlink', 'fifo', 'device'])
    .optional(),
  /** Octal, for example `0755`. */
  mode: z.string().optional(),
  uid: z.number().optional(),
  gid: z.number().optional(),
  size: z.number().optional(),
  modified: z.string().optional(),
  link: z.string().optional(),
  sha256: z.string().optional(),
});
export type RootfsChange = z.infer<typeof rootfsChangeSchema>;

export const logLineSchema = z.object({
  time: z.string().optional(),
  stream: z.string().optional(),
  text: z.string(),
});

export const dumpLogProblemSchema = z.object({
  level: z.enum(['error', 'warning']),
  line: z.number(),
  /** Seconds since CRIU started. */
  seconds: z.number().optional(),
  source: z.string().optional(),
  message: z.string(),
  /** What it means; absent if unknown. */
  meaning: z.string().optional(),
  harmless: z.boolean(),
});

/** What the container was allowed to do, from its OCI runtime spec. */
export const securitySchema = z.object({
  privileged: z.boolean(),
  capabilities: z.array(z.string()),
  no_new_privileges: z.boolean(),
  host_namespaces: z.array(z.string()),
  host_mounts: z.array(mountSchema.extend({ read_only: z.boolean() })),
  service_account_token: z.boolean(),
  /** Ports that the pod's spec names; absent where the archive does not say. */
  declared_ports: z
    .array(z.object({ port: z.number(), protocol: z.string() }))
    .optional(),
});
export type Security = z.infer<typeof securitySchema>;

export const reportSchema = z.object({
  container_name: z.string(),
  image: z.string(),
  id: z.string(),
  runtime: z.string(),
  created: z.string(),
  checkpointed: z.string().optional(),
  engine: z.enum(['CRI-O', 'containerd', 'Podman']),
  ip: z.string().optional(),
  mac: z.string().optional(),
  networks: z.array(networkSchema).optional(),
  checkpoint_size: z.object({
    total_size: z.number().optional(),
    memory_pages_size: z.number().optional(),
    amd_gpu_memory_pages_size: z.number().optional(),
    root_fs_diff_size: z.number().optional(),
  }),
  /** Times are in microseconds. A value of 0 is left out, as checkpointctl does. */
  statistics: z
    .object({
      freezing_time: z.number().optional(),
      frozen_time: z.number().optional(),
      memdump_time: z.number().optional(),
      memwrite_time: z.number().optional(),
      pages_scanned: z.number().optional(),
      pages_written: z.number().optional(),
    })
    .optional(),
  metadata: z
    .object({
      pod_name: z.string().optional(),
      kubernetes_namespace: z.string().optional(),
      annotations: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
  process_tree: processNodeSchema.optional(),
  file_descriptors: z
    .array(z.object({ pid: z.number(), open_files: z.array(openFileSchema) }))
    .optional(),
  sockets: z
    .array(
      z.object({ pid: z.number(), open_sockets: z.array(openSocketSchema) }),
    )
    .optional(),
  mounts: z.array(mountSchema).optional(),

  archive: z.object({
    name: z.string(),
    /** Bytes of the archive as it lies on disk. */
    size: z.number(),
    compression: z.enum(['none', 'gzip', 'zstd']),
    entries: z.number(),
  }),
  processes: z.array(processSchema),
  descriptors: z.array(descriptorSchema),
  connections: z.array(connectionSchema),
  security: securitySchema,
  rootfs_changes: z.array(rootfsChangeSchema).optional(),
  /** The last lines of the container's log. */
  log: z.object({ lines: z.number(), tail: z.array(logLineSchema) }).optional(),
  dump_log: z.array(dumpLogProblemSchema).optional(),
  /** What could not be read, and why. */
  warnings: z.array(z.string()),
});
/** What is inside a checkpoint. */
export type Report = z.infer<typeof reportSchema>;

/** From least to most grave. */
export const severities = [
  'info',
  'low',
  'medium',
  'high',
  'critical',
] as const;
export type Severity = (typeof severities)[number];

export const evidenceSchema = z.object({
  /** In words for a person; never holds a secret's value. */
  detail: z.string(),
  pid: z.number().optional(),
  command: z.string().optional(),
  file: z.string().optional(),
  socket: z.string().optional(),
  /** A memory address, in hexadecimal. */
  address: z.string().optional(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

export const findingSchema = z.object({
  /** The detector's stable, kebab-case name. */
  id: z.string(),
  title: z.string(),
  severity: z.enum(severities),
  /** MITRE ATT&CK. */
  technique: z.object({ id: z.string(), name: z.string() }),
  evidence: z.array(evidenceSchema),
  explanation: z.string(),
  remedy: z.string(),
});
export type Finding = z.infer<typeof findingSchema>;

export const verdictSchema = z.object({
  verdict: z.enum(['clean', 'suspicious', 'compromised']),
  /** 0 (nothing seen) to 100. */
  score: z.number().int().min(0).max(100),
  reasons: z.array(z.string()),
});
export type Verdict = z.infer<typeof verdictSchema>;

/** What the detectors say of a checkpoint: small enough to travel, free of secrets. */
export const forensicReportSchema = verdictSchema.extend({
  container: z.string(),
  pod: z.string().optional(),
  namespace: z.string().optional(),
  image: z.string(),
  checkpointed: z.string().optional(),
  findings: z.array(findingSchema),
  warnings: z.array(z.string()),
});
export type ForensicReport = z.infer<typeof forensicReportSchema>;

/** What the courier pushes beside a checkpoint image: all that is inside, secrets masked, and what the detectors say of it. */
export const checkpointReportSchema = z.object({
  version: z.literal(1),
  report: reportSchema,
  forensics: forensicReportSchema,
});
export type CheckpointReport = z.infer<typeof checkpointReportSchema>;

/** A pushed report has at most this many bytes as JSON; parts of a larger one were left out, with a warning. */
export const CHECKPOINT_REPORT_MAX_BYTES = 8 * 1024 * 1024;
