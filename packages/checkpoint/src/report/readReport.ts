import { Report } from '@cubemig/plugin-cubemig-common';
import { Archive } from '../archive';
import { readDumpLog } from '../dump-log';
import { listOpenFiles } from '../files';
import { readLog } from '../log';
import { buildProcessTree, findProcess } from '../process';
import { readRootfsChanges } from '../rootfs';
import { listConnections, listSockets } from '../sockets';
import { Checkpoint } from './Checkpoint';
import { identify, isZeroTime, toSeconds } from './identify';
import { measure, readStatistics } from './measure';
import { readSecurity } from './readSecurity';

/** Parts of a report that may be left out. */
export interface ReportSections {
  statistics: boolean;
  metadata: boolean;
  processTree: boolean;
  arguments: boolean;
  environment: boolean;
  files: boolean;
  sockets: boolean;
  mounts: boolean;
  rootfs: boolean;
  log: boolean;
  dumpLog: boolean;
}

export interface ReportOptions {
  /** All by default. */
  sections?: Partial<ReportSections>;
  /** Only this process, and those below it, in the process tree. */
  pid?: number;
  /** `masked` by default: passwords, tokens and keys become `******` wherever they turn up. */
  secrets?: 'masked' | 'shown';
  /** Compute the SHA-256 of changed files; on by default. */
  hashes?: boolean;
  /** Lines of the container's log to give; 100 by default. */
  logLines?: number;
}

const allSections: ReportSections = {
  statistics: true,
  metadata: true,
  processTree: true,
  arguments: true,
  environment: true,
  files: true,
  sockets: true,
  mounts: true,
  rootfs: true,
  log: true,
  dumpLog: true,
};

/**
 * Reads all that a checkpoint tells.
 *
 * @throws {@link ArchiveError} if `config.dump` or `spec.dump` cannot be read; everything else that is missing or
 *   damaged becomes a warning
 * @throws RangeError if there is no process `pid`
 */
export async function readReport(
  input: Archive | Checkpoint,
  options: ReportOptions = {},
): Promise<Report> {
  const checkpoint =
    input instanceof Checkpoint ? input : new Checkpoint(input);
  const { archive, images, warnings, spec, config } = checkpoint;
  const sections = { ...allSections, ...options.sections };
  const { pod, namespace, ...identity } = identify(archive, spec, config);
  const checkpointed = toSeconds(config.checkpointedTime);

  const report: Report = {
    ...identity,
    image: config.rootfsImageName,
    id: config.id,
    runtime: config.runtime,
    ...(!isZeroTime(checkpointed) && { checkpointed }),
    checkpoint_size: measure(archive),
    archive: {
      name: archive.name,
      size: archive.size,
      compression: archive.compression,
      entries: archive.entries.length,
    },
    processes: [],
    descriptors: [],
    connections: [],
    security: readSecurity(spec),
    warnings: [],
  };
  if (sections.statistics) {
    report.statistics = readStatistics(images);
  }
  if (sections.metadata) {
    report.metadata = {
      ...(pod && { pod_name: pod }),
      ...(namespace && { kubernetes_namespace: namespace }),
      ...(Object.keys(spec.annotations).length && {
        annotations: spec.annotations,
      }),
    };
  }
  if (sections.mounts && spec.mounts.length > 0) {
    report.mounts = spec.mounts.map(({ destination, type, source }) => ({
      destination,
      type,
      source,
    }));
  }
  if (sections.processTree || sections.files || sections.sockets) {
    addProcesses(report, checkpoint, sections, options.pid);
  }
  if (sections.rootfs) {
    const { hashes = true } = options;
    const rootfs = await readRootfsChanges(archive, { hashes }, warnings);
    report.rootfs_changes = rootfs?.changes;
  }
  if (sections.log) {
    report.log = readLog(archive, options.logLines ?? 100);
  }
  if (sections.dumpLog) {
    report.dump_log = readDumpLog(archive);
  }
  report.warnings = warnings.list();
  return options.secrets === 'shown'
    ? report
    : checkpoint.secretMask.data(report);
}

function addProcesses(
  report: Report,
  checkpoint: Checkpoint,
  sections: ReportSections,
  pid: number | undefined,
): void {
  const { processes, images, warnings, archive } = checkpoint;
  // The report's processes are those of the schema: the environment stays in the tree, where it is asked for.
  report.processes = processes.map(
    ({ cmdline, environment, ...process }) => process,
  );
  if (sections.processTree) {
    const tree = buildProcessTree(
      processes,
      {
        arguments: sections.arguments,
        environment: sections.environment,
        maxDepth: archive.limits.depth,
      },
      warnings,
    );
    report.process_tree =
      tree && pid !== undefined
        ? findProcess(tree, checkpoint.processOf(pid).pid)
        : tree;
  }
  if (sections.files || sections.sockets) {
    const { descriptors } = checkpoint;
    report.descriptors = descriptors.map(
      ({ file, ...descriptor }) => descriptor,
    );
    if (sections.files && processes.length > 0) {
      report.file_descriptors = listOpenFiles(descriptors, processes);
    }
    if (sections.sockets) {
      const sockets = listSockets(descriptors);
      report.sockets = sockets.length > 0 ? sockets : undefined;
      report.connections = listConnections(descriptors, images);
    }
  }
}
