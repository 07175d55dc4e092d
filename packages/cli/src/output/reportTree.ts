import { formatBytes, formatMicroseconds } from '@cubemig/checkpoint';
import { ProcessNode, Report } from '@cubemig/plugin-cubemig-common';
import { annotationTrees } from './annotationTrees';
import { node, Tree } from './tree';

/** A report as a tree, its lines as checkpointctl writes them where it knows of the matter. */
export function reportTree(report: Report): Tree {
  const { checkpoint_size: size } = report;
  return node(
    report.container_name || 'Container',
    node(`Image: ${report.image}`),
    node(`ID: ${report.id}`),
    node(`Runtime: ${report.runtime}`),
    node(`Created: ${report.created}`),
    report.checkpointed
      ? node(`Checkpointed: ${report.checkpointed}`)
      : undefined,
    node(`Engine: ${report.engine}`),
    ...networkTrees(report),
    node(
      `Checkpoint size: ${formatBytes(size.total_size ?? 0)}`,
      size.memory_pages_size
        ? node(`Memory pages size: ${formatBytes(size.memory_pages_size)}`)
        : undefined,
      size.amd_gpu_memory_pages_size
        ? node(
            `AMD GPU memory pages size: ${formatBytes(
              size.amd_gpu_memory_pages_size,
            )}`,
          )
        : undefined,
    ),
    size.root_fs_diff_size
      ? node(`Root FS diff size: ${formatBytes(size.root_fs_diff_size)}`)
      : undefined,
    statisticsTree(report),
    metadataTree(report),
    report.process_tree &&
      node('Process tree', processTree(report.process_tree, report)),
    report.mounts?.length
      ? node(
          'Overview of mounts',
          ...report.mounts.map(({ destination, type, source }) =>
            node(
              `Destination: ${destination}`,
              node(`Type: ${type}`),
              node(`Source: ${source}`),
            ),
          ),
        )
      : undefined,
    rootfsTree(report),
    logTree(report),
    dumpLogTree(report),
  );
}

function networkTrees({ networks, ip, mac }: Report): (Tree | undefined)[] {
  if (!networks?.length) {
    return [
      ip ? node(`IP: ${ip}`) : undefined,
      mac ? node(`MAC: ${mac}`) : undefined,
    ];
  }
  return [
    node(
      'Network Interfaces',
      ...networks.flatMap(({ name, interfaces }) =>
        Object.entries(interfaces).map(([key, details]) =>
          node(
            `${name} (${key})`,
            details.ip ? node(`IP: ${details.ip}`) : undefined,
            details.mac ? node(`MAC: ${details.mac}`) : undefined,
            details.gateway ? node(`Gateway: ${details.gateway}`) : undefined,
          ),
        ),
      ),
    ),
  ];
}

function statisticsTree({ statistics }: Report): Tree | undefined {
  return (
    statistics &&
    node(
      'CRIU dump statistics',
      node(
        `Freezing time: ${formatMicroseconds(statistics.freezing_time ?? 0)}`,
      ),
      node(`Frozen time: ${formatMicroseconds(statistics.frozen_time ?? 0)}`),
      node(`Memdump time: ${formatMicroseconds(statistics.memdump_time ?? 0)}`),
      node(
        `Memwrite time: ${formatMicroseconds(statistics.memwrite_time ?? 0)}`,
      ),
      node(`Pages scanned: ${statistics.pages_scanned ?? 0}`),
      node(`Pages written: ${statistics.pages_written ?? 0}`),
    )
  );
}

function metadataTree({ metadata }: Report): Tree | undefined {
  if (!metadata) {
    return undefined;
  }
  const { pod_name, kubernetes_namespace, annotations } = metadata;
  return node(
    'Metadata',
    pod_name ? node(`Pod name: ${pod_name}`) : undefined,
    kubernetes_namespace
      ? node(`Kubernetes namespace: ${kubernetes_namespace}`)
      : undefined,
    annotations
      ? node('Annotations', ...annotationTrees(annotations))
      : undefined,
  );
}

function processTree(process: ProcessNode, report: Report): Tree {
  const { pid, task_state: state } = process;
  const name = process.cmdline ?? process.command;
  const label = state === 'Alive' ? `${pid}` : `${pid} (${state})`;
  const hasState = state === 'Alive' || state === 'Stopped';
  const own = hasState
    ? [
        environmentTree(process),
        filesTree(pid, report),
        socketsTree(pid, report),
      ]
    : [];
  return node(
    `[${label}]  ${name}`,
    ...own,
    ...(process.children ?? []).map(child => processTree(child, report)),
  );
}

function environmentTree({
  environment_variables: variables,
}: ProcessNode): Tree | undefined {
  return (
    variables &&
    node(
      'Environment variables',
      ...Object.entries(variables).map(([name, value]) =>
        node(`${name}=${value}`),
      ),
    )
  );
}

function filesTree(pid: number, report: Report): Tree | undefined {
  const files = report.file_descriptors?.find(f => f.pid === pid)?.open_files;
  return files?.length
    ? node(
        'Open files',
        ...files.map(({ fd, path }) => node(`[${fd}]  ${path}`)),
      )
    : undefined;
}

function socketsTree(pid: number, report: Report): Tree | undefined {
  const sockets = report.sockets?.find(s => s.pid === pid)?.open_sockets;
  return sockets?.length
    ? node(
        'Open sockets',
        ...sockets.map(({ protocol = '', data }) => {
          const buffers = `↑ ${data.send_buf} ↓ ${data.recv_buf}`;
          if (data.type === 'UNIX') {
            return node(`[UNIX (${protocol})]  ${data.address ?? '@'}`);
          }
          if (data.type !== 'TCP' && data.type !== 'UDP') {
            return node(`[${protocol}]  ${buffers}`);
          }
          const label =
            data.type === 'TCP' && data.state
              ? `${data.type} (${data.state})`
              : data.type;
          const from = `${data.src}:${data.src_port ?? 0}`;
          const to = `${data.dst}:${data.dst_port ?? 0}`;
          return node(`[${label}]  ${from} -> ${to} (${buffers})`);
        }),
      )
    : undefined;
}

function rootfsTree({ rootfs_changes: changes }: Report): Tree | undefined {
  return changes?.length
    ? node(
        'Root FS changes',
        ...changes.map(change =>
          change.change === 'deleted'
            ? node(`deleted: ${change.path}`)
            : node(
                `${change.change}: ${change.path}${
                  change.link ? ` -> ${change.link}` : ''
                } (${change.type}, mode ${change.mode}, owner ${change.uid}:${
                  change.gid
                }, ${formatBytes(change.size ?? 0)})`,
                change.sha256 ? node(`SHA-256: ${change.sha256}`) : undefined,
              ),
        ),
      )
    : undefined;
}

function logTree({ log }: Report): Tree | undefined {
  return (
    log &&
    node(
      `Log: ${log.lines} lines`,
      ...log.tail.map(({ time, stream, text }) =>
        node([time, stream, text].filter(part => part !== undefined).join(' ')),
      ),
    )
  );
}

function dumpLogTree({ dump_log: problems }: Report): Tree | undefined {
  return problems?.length
    ? node(
        'Problems in dump.log',
        ...problems.map(({ level, line, message, meaning, harmless }) =>
          node(
            `${level} in line ${line}${
              harmless ? ' (harmless)' : ''
            }: ${message}`,
            meaning ? node(meaning) : undefined,
          ),
        ),
      )
    : undefined;
}
