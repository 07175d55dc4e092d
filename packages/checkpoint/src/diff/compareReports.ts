import {
  Finding,
  ForensicReport,
  ProcessNode,
  Report,
  Verdict,
} from '@cubemig/plugin-cubemig-common';
import {
  Changes,
  CheckpointDiff,
  FileChange,
  ProcessChange,
  SocketChange,
  VariableChange,
} from './CheckpointDiff';
import { matchItems } from './matchItems';
import { tellStory } from './tellStory';

/** A checkpoint's report and what the detectors say of it. */
export interface Examined {
  report: Report;
  forensics: ForensicReport;
}

/** What differs between an earlier and a later checkpoint. They need not be of the same container. */
export function compareReports(
  before: Examined,
  after: Examined,
): CheckpointDiff {
  const [a, b] = [before.report, after.report];
  const sizeChange =
    (b.checkpoint_size.memory_pages_size ?? 0) -
    (a.checkpoint_size.memory_pages_size ?? 0);
  const diff: Omit<CheckpointDiff, 'summary' | 'story'> = {
    container_id: a.id,
    container_name: a.container_name,
    image: a.image,
    checkpoint_a: describe(a),
    checkpoint_b: describe(b),
    process_changes: compareProcesses(a, b),
    file_changes: matchItems(listFiles(a), listFiles(b), file =>
      [file.pid, file.fd, file.path].join(' '),
    ),
    socket_changes: matchItems(
      listSockets(a),
      listSockets(b),
      socket =>
        [socket.pid, socket.protocol, socket.local, socket.remote].join(' '),
      socket => socket.state,
    ),
    memory_changes: {
      size_change_bytes: sizeChange,
      size_change_mb: sizeChange / 1024 / 1024,
    },
    environment_changes: compareEnvironments(a, b),
    rootfs_changes: matchItems(
      a.rootfs_changes ?? [],
      b.rootfs_changes ?? [],
      ({ path }) => path,
      ({ change, type, mode, uid, gid, sha256, link }) =>
        JSON.stringify([
          change === 'deleted',
          type,
          mode,
          uid,
          gid,
          sha256,
          link,
        ]),
    ),
    finding_changes: {
      appeared: findingsOnlyIn(after.forensics, before.forensics),
      vanished: findingsOnlyIn(before.forensics, after.forensics),
    },
    verdict_a: toVerdict(before.forensics),
    verdict_b: toVerdict(after.forensics),
  };
  return { ...diff, summary: summarise(diff), story: tellStory(diff) };
}

function describe(report: Report) {
  return {
    created: report.created,
    total_size: report.checkpoint_size.total_size ?? 0,
  };
}

/** By pid first; what is left by program and arguments, since a script's helpers come and go under new pids. */
function compareProcesses(a: Report, b: Report): Changes<ProcessChange> {
  const list = (report: Report): ProcessChange[] =>
    report.processes.map(({ pid, command, exe, uid, argv, title }) => ({
      pid,
      command,
      exe,
      uid,
      cmdline: title ?? argv.join(' '),
    }));
  const byPid = matchItems(
    list(a),
    list(b),
    ({ pid, command }) => `${pid} ${command}`,
    ({ cmdline, exe, uid }) => JSON.stringify([cmdline, exe, uid]),
  );
  const byProgram = matchItems(
    byPid.removed,
    byPid.added,
    ({ exe, cmdline, uid }) => JSON.stringify([exe, cmdline, uid]),
  );
  return {
    added: byProgram.added,
    removed: byProgram.removed,
    modified: byPid.modified,
  };
}

function listFiles(report: Report): FileChange[] {
  return (
    report.descriptors
      // A pipe's or socket's number is new in every run; sockets are compared by their addresses.
      .filter(({ path }) => path !== undefined)
      .map(({ pid, type, fd, path, deleted }) => ({
        pid,
        type,
        fd: `${type} ${fd}`,
        path: path!,
        deleted,
      }))
  );
}

function listSockets(report: Report): SocketChange[] {
  return report.connections
    .filter(({ local, path }) => local !== undefined || path !== undefined)
    .map(({ pid, protocol, state, family, local, remote, path }) => ({
      pid,
      protocol,
      state,
      family,
      local: local ? `${local.address}:${local.port}` : path!,
      remote:
        remote && remote.port > 0 ? `${remote.address}:${remote.port}` : '',
    }));
}

function compareEnvironments(a: Report, b: Report): Changes<VariableChange> {
  const list = (report: Report) =>
    flatten(report.process_tree).flatMap(({ pid, environment_variables }) =>
      Object.entries(environment_variables ?? {}).map(([name, value]) => ({
        pid,
        name,
        value,
      })),
    );
  const pidsOfB = new Set(b.processes.map(({ pid }) => pid));
  const isInBoth = new Set(
    a.processes.map(({ pid }) => pid).filter(pid => pidsOfB.has(pid)),
  );
  const inBoth = (report: Report) =>
    list(report).filter(({ pid }) => isInBoth.has(pid));
  const changes = matchItems(
    inBoth(a),
    inBoth(b),
    ({ pid, name }) => `${pid} ${name}`,
    ({ value }) => value,
  );
  // Values stay out: what changed may be a secret that no rule knows.
  const strip = (items: (VariableChange & { value: string })[]) =>
    items.map(({ pid, name }) => ({ pid, name }));
  return {
    added: strip(changes.added),
    removed: strip(changes.removed),
    modified: strip(changes.modified),
  };
}

function flatten(tree: ProcessNode | undefined): ProcessNode[] {
  const nodes: ProcessNode[] = [];
  const open = tree ? [tree] : [];
  for (let node = open.pop(); node; node = open.pop()) {
    nodes.push(node);
    open.push(...(node.children ?? []));
  }
  return nodes;
}

function findingsOnlyIn(one: ForensicReport, other: ForensicReport): Finding[] {
  const key = ({ id, severity, title }: Finding) =>
    `${id} ${severity} ${title}`;
  const known = new Set(other.findings.map(key));
  return one.findings.filter(finding => !known.has(key(finding)));
}

function toVerdict({ verdict, score, reasons }: ForensicReport): Verdict {
  return { verdict, score, reasons };
}

function summarise(diff: Omit<CheckpointDiff, 'summary' | 'story'>): string {
  const count = (name: string, changes: Changes<unknown>) => {
    const { added, removed, modified } = changes;
    const isSame = added.length + removed.length + modified.length === 0;
    return isSame
      ? []
      : [`${name}: +${added.length} -${removed.length} ~${modified.length}`];
  };
  const megabytes = diff.memory_changes.size_change_mb;
  return [
    `Checkpoint comparison for container ${diff.container_name}`,
    ...count('Processes', diff.process_changes),
    ...count('Files', diff.file_changes),
    ...count('Sockets', diff.socket_changes),
    ...count('Root file system', diff.rootfs_changes),
    ...(megabytes !== 0
      ? [`Memory: ${megabytes > 0 ? '+' : ''}${megabytes.toFixed(2)} MB`]
      : []),
  ].join('\n');
}
