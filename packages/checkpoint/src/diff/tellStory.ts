import { RootfsChange } from '@cubemig/plugin-cubemig-common';
import {
  CheckpointDiff,
  FileChange,
  ProcessChange,
  SocketChange,
  Story,
} from './CheckpointDiff';

/** The differences in sentences: what appeared, what changed, what vanished. */
export function tellStory(
  diff: Omit<CheckpointDiff, 'summary' | 'story'>,
): Story {
  const {
    process_changes: processes,
    socket_changes: sockets,
    rootfs_changes: rootfs,
    environment_changes: environment,
    finding_changes: findings,
    verdict_a: before,
    verdict_b: after,
  } = diff;
  const files = {
    added: ofSurvivors(diff.file_changes.added, processes.added),
    removed: ofSurvivors(diff.file_changes.removed, processes.removed),
  };
  const written = rootfs.added.filter(({ change }) => change !== 'deleted');
  const deleted = rootfs.added.filter(({ change }) => change === 'deleted');
  return {
    appeared: [
      ...findings.appeared.map(
        ({ severity, title, evidence }) =>
          `finding (${severity}): ${title}: ${evidence[0].detail}`,
      ),
      ...processes.added.map(describeProcess),
      ...sockets.added.map(describeSocket),
      ...files.added.map(describeFile),
      ...written.filter(isWorthTelling).map(describeChange),
      ...environment.added.map(v => `variable ${v.name} of process ${v.pid}`),
    ],
    changed: [
      ...(before.verdict !== after.verdict
        ? [
            `the verdict, from ${before.verdict} (${before.score}) to ${after.verdict} (${after.score})`,
          ]
        : []),
      ...processes.modified.map(describeProcess),
      ...sockets.modified.map(describeSocket),
      ...rootfs.modified.filter(isWorthTelling).map(describeChange),
      ...environment.modified.map(
        v => `variable ${v.name} of process ${v.pid}`,
      ),
    ],
    vanished: [
      ...findings.vanished.map(
        ({ severity, title }) => `finding (${severity}): ${title}`,
      ),
      ...processes.removed.map(describeProcess),
      ...sockets.removed.map(describeSocket),
      ...files.removed.map(describeFile),
      ...deleted.map(({ path }) => `the file ${path}, which was deleted`),
      ...rootfs.removed
        .filter(isWorthTelling)
        .map(change => `the change of ${change.path}`),
      ...environment.removed.map(v => `variable ${v.name} of process ${v.pid}`),
    ],
  };
}

/** Of a process that is itself new or gone, its files go without saying. */
function ofSurvivors(
  files: FileChange[],
  processes: ProcessChange[],
): FileChange[] {
  const pids = new Set(processes.map(({ pid }) => pid));
  return files.filter(({ pid }) => !pids.has(pid));
}

/** Folders change whenever something in them does; runtimes make mount points and the link /etc/mtab themselves. */
function isWorthTelling({ path, type }: RootfsChange): boolean {
  return type !== 'directory' && path !== '/etc/mtab';
}

function describeProcess({ pid, command, cmdline, exe }: ProcessChange) {
  const program = exe ? `, running ${exe}` : '';
  return `process ${pid} (${command})${program}: ${cmdline}`;
}

function describeSocket({ pid, protocol, state, local, remote }: SocketChange) {
  return `socket of process ${pid}: ${protocol} ${state} ${local}${
    remote && ` -> ${remote}`
  }`;
}

function describeFile({ pid, fd, path, deleted }: FileChange) {
  return `open file of process ${pid}: ${path} (${fd})${
    deleted ? ', deleted' : ''
  }`;
}

function describeChange({ path, type, size, mode, change }: RootfsChange) {
  const what = {
    added: 'new',
    changed: 'changed',
    written: 'written',
    deleted: 'deleted',
  }[change];
  return `${type} ${path} (${what}, ${size} bytes, mode ${mode})`;
}
