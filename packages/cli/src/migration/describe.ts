import { formatBytes } from '@cubemig/checkpoint';
import { Migration } from '@cubemig/plugin-cubemig-common';
import { printable, printableLine } from '../output/printable';
import { formatTable } from '../output/table';
import { Terminal } from '../output/Terminal';
import { seconds, stepLines } from './stepLines';

/** How a migration ended, in a few lines. */
export function describeEnd(migration: Migration, terminal: Terminal): string {
  const { id, status, source, target, failure, warnings } = migration;
  const lines = warnings.map(
    text => `${terminal.style('yellow', 'warning:')} ${printable(text)}`,
  );
  if (status === 'completed') {
    lines.push(terminal.style('green', describeSuccess(migration)));
    const figures = describeFigures(migration);
    if (figures) lines.push(figures);
  } else if (status === 'cancelled') {
    lines.push(
      `The migration was cancelled; ${source.pod} goes on on ${source.cluster}.`,
    );
  } else if (failure) {
    lines.push(
      `${terminal.style(
        'red',
        `Failed in the step ${failure.step}:`,
      )} ${printable(failure.message)}`,
      printable(failure.remedy),
      `  ${failure.code}; ${source.pod} goes on on ${source.cluster}. Once that is mended: cubemig retry ${id}`,
    );
  } else {
    lines.push(
      `The migration ${id} of ${source.pod} from ${source.cluster}${
        target ? ` to ${target.cluster}` : ''
      } is ${status}.`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function describeSuccess({ mode, source, target, checkpoints }: Migration) {
  switch (mode) {
    case 'copy':
      return `A copy of ${source.pod} runs on ${target?.cluster}, as ${target?.pod}.`;
    case 'checkpoint':
      return `The checkpoint is stored: ${checkpoints
        .map(({ image }) => image)
        .join(', ')}`;
    case 'restore':
      return `${target?.pod} was restored on ${target?.cluster}.`;
    default:
      return `${target?.pod} runs on ${target?.cluster}.`;
  }
}

function describeFigures({ figures }: Migration): string | undefined {
  if (!figures) return undefined;
  const { totalMs, downtimeMs, layerBytes, dumps } = figures;
  const frozen = dumps.reduce(
    (longest, { frozenMicros = 0 }) => Math.max(longest, frozenMicros),
    0,
  );
  const parts = [
    totalMs !== undefined && `${seconds(totalMs)} in all`,
    downtimeMs !== undefined && `${seconds(downtimeMs)} down`,
    frozen > 0 && `frozen for ${(frozen / 1000).toFixed(1)} ms`,
    layerBytes !== undefined && `${formatBytes(layerBytes)} carried`,
  ].filter(Boolean);
  return parts.length > 0 ? `  ${parts.join(', ')}` : undefined;
}

/** One migration in full. */
export function describeMigration(
  migration: Migration,
  terminal: Terminal,
): string {
  const { id, mode, source, target, createdBy, createdAt, reason } = migration;
  const head = [
    `${terminal.style('bold', id)} (${mode})`,
    `  from   ${source.cluster}/${source.namespace}/${source.pod}`,
    ...(target
      ? [`  to     ${target.cluster}/${target.namespace}/${target.pod}`]
      : []),
    `  asked  ${printableLine(createdBy)}, ${createdAt}${
      reason ? `: ${printableLine(reason)}` : ''
    }`,
    '',
    ...stepLines(migration, terminal),
    '',
  ];
  return `${head.join('\n')}\n${describeEnd(migration, terminal)}`;
}

/** Many migrations, a line each. */
export function migrationTable(migrations: Migration[]): string {
  return formatTable(
    ['Id', 'Status', 'Mode', 'Pod', 'From', 'To', 'Asked', 'By'],
    migrations.map(m => [
      m.id,
      m.status,
      m.mode,
      `${m.source.namespace}/${m.source.pod}`,
      m.source.cluster,
      m.target?.cluster ?? '',
      m.createdAt.replace(/\.\d+Z$/, 'Z'),
      m.createdBy,
    ]),
  );
}
