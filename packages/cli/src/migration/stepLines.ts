import { formatBytes } from '@cubemig/checkpoint';
import { Migration, Phase, Step } from '@cubemig/plugin-cubemig-common';
import { printableLine } from '../output/printable';
import { Terminal } from '../output/Terminal';

const marks: Record<Step['status'], string> = {
  pending: '○',
  running: '●',
  succeeded: '✔',
  failed: '✘',
  undone: '↺',
  skipped: '-',
};

/** A migration's steps, a line each, with how long they took; the courier's phases below theirs. */
export function stepLines(
  migration: Migration,
  terminal: Terminal,
  now: number = Date.now(),
): string[] {
  return migration.steps.flatMap(step => [
    `${mark(step, terminal)} ${step.name.padEnd(12)}${duration(
      step,
      now,
    )}`.trimEnd(),
    ...(step.status === 'running' ? step.phases ?? [] : []).map(
      phase =>
        `    ${printableLine(phase.container)}: ${phase.name} ${phaseState(
          phase,
        )}`,
    ),
  ]);
}

function mark({ status }: Step, terminal: Terminal) {
  const text = marks[status];
  switch (status) {
    case 'succeeded':
      return terminal.style('green', text);
    case 'failed':
      return terminal.style('red', text);
    case 'running':
      return terminal.style('cyan', text);
    default:
      return terminal.style('dim', text);
  }
}

function duration({ startedAt, finishedAt }: Step, now: number) {
  if (!startedAt) return '';
  const end = finishedAt ? Date.parse(finishedAt) : now;
  return seconds(end - Date.parse(startedAt)).padStart(8);
}

function phaseState({ status, bytes }: Phase) {
  const size = bytes === undefined ? '' : ` ${formatBytes(bytes)}`;
  return status === 'running' ? `...${size}` : `${status}${size}`;
}

/** `12.3 s`; never below zero, even if the clocks of server and client differ. */
export function seconds(milliseconds: number): string {
  return `${(Math.max(0, milliseconds) / 1000).toFixed(1)} s`;
}
