import { CubemigApi, Migration } from '@cubemig/plugin-cubemig-common';
import { setTimeout } from 'node:timers/promises';
import { exitCodes } from '../exitCodes';
import { printableLine } from '../output/printable';
import { Terminal } from '../output/Terminal';
import { stepLines } from './stepLines';

const POLL_MS = 500;

/** Whether nothing more will happen. */
export function isOver({ status }: Migration): boolean {
  return ['completed', 'failed', 'cancelled'].includes(status);
}

/**
 * Shows a migration until it is over: on a terminal its steps, repainted in place; elsewhere its timeline, line by line. Both go to
 * standard error, so that the result alone is on standard output.
 */
export async function follow(
  api: CubemigApi,
  id: string,
  terminal: Terminal,
): Promise<Migration> {
  let shown = 0;
  for (;;) {
    // First whether it is over, then what has happened: so the last line is not missed.
    const migration = await api.migrations.get(id);
    if (terminal.isInteractive) {
      terminal.repaint([
        ...stepLines(migration, terminal),
        terminal.style('dim', standing(migration)),
      ]);
    } else {
      const events = await api.migrations.getTimeline(id, shown);
      for (const { sequence, level, message } of events) {
        const prefix = level === 'info' ? '' : `${level}: `;
        terminal.writeError(`${prefix}${printableLine(message)}\n`);
        shown = sequence;
      }
    }
    if (isOver(migration)) {
      terminal.keepPainting();
      return migration;
    }
    await setTimeout(POLL_MS);
  }
}

function standing({ status, queuePosition, waitsFor }: Migration) {
  if (status === 'undoing') return 'What was made is taken back ...';
  if (status !== 'queued') return '';
  return `Waits${queuePosition ? `, number ${queuePosition}` : ''}${
    waitsFor ? `: ${printableLine(waitsFor)}` : ''
  }`;
}

/** How a migration ended, for the shell. */
export function exitCodeOf({ status }: Migration): number {
  switch (status) {
    case 'failed':
      return exitCodes.migrationFailed;
    case 'cancelled':
      return exitCodes.cancelled;
    default:
      return exitCodes.ok;
  }
}
