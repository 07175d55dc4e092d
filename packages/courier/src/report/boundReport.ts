import {
  CHECKPOINT_REPORT_MAX_BYTES,
  CheckpointReport,
  ProcessNode,
  Report,
} from '@cubemig/plugin-cubemig-common';

/** What can be left out of a report that is too large, the least missed first. */
const cuts: [string, (report: Report) => Report][] = [
  [
    'annotations',
    r => ({ ...r, metadata: { ...r.metadata, annotations: {} } }),
  ],
  ['the log', r => ({ ...r, log: undefined, dump_log: undefined })],
  ['open files', r => ({ ...r, file_descriptors: undefined, descriptors: [] })],
  ['sockets', r => ({ ...r, sockets: undefined, connections: [] })],
  [
    'environments',
    r => ({
      ...r,
      process_tree: r.process_tree && withoutEnvironment(r.process_tree),
    }),
  ],
  [
    'all but a thousand changed files',
    r => ({ ...r, rootfs_changes: r.rootfs_changes?.slice(0, 1000) }),
  ],
  ['the process tree', r => ({ ...r, process_tree: undefined })],
  [
    'all but a thousand processes',
    r => ({ ...r, processes: r.processes.slice(0, 1000) }),
  ],
  ['mounts', r => ({ ...r, mounts: undefined })],
];

/** A report as JSON, no longer than it may be: an archive decides how much there is to tell, and an archive is hostile. */
export function boundReport(
  full: CheckpointReport,
  maxBytes = CHECKPOINT_REPORT_MAX_BYTES,
): string {
  let report = full.report;
  const leftOut: string[] = [];
  for (const [what, cut] of [undefined, ...cuts].map(c => c ?? [])) {
    if (what && cut) {
      report = cut(report);
      leftOut.push(what);
    }
    const text = JSON.stringify({
      ...full,
      report: { ...report, warnings: warn(report.warnings, leftOut) },
    });
    if (Buffer.byteLength(text) <= maxBytes) return text;
  }
  throw new Error(`The report is longer than ${maxBytes} bytes`);
}

function warn(warnings: string[], leftOut: string[]): string[] {
  return leftOut.length > 0
    ? [...warnings, `Left out for the report's size: ${leftOut.join(', ')}`]
    : warnings;
}

function withoutEnvironment(node: ProcessNode): ProcessNode {
  const { environment_variables: _, children, ...rest } = node;
  return {
    ...rest,
    ...(children && { children: children.map(withoutEnvironment) }),
  };
}
