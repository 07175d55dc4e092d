import { Migration, TimelineEvent } from '@cubemig/plugin-cubemig-common';

/** A migration's timeline as a log file. */
export function renderLog(
  { id, mode, source, target, createdBy, createdAt, reason }: Migration,
  events: TimelineEvent[],
): string {
  const head = [
    `Migration ${id}: ${mode} ${source.namespace}/${source.pod} from ${
      source.cluster
    }${target ? ` to ${target.cluster}` : ''}`,
    `Asked for by ${createdBy} at ${createdAt}${reason ? `: ${reason}` : ''}`,
    '',
  ];
  const lines = events.map(
    ({ time, level, step, message }) =>
      `${time} ${level.toUpperCase().padEnd(7)} ${`[${step ?? '-'}]`.padEnd(
        12,
      )} ${oneLine(message)}`,
  );
  return `${[...head, ...lines].join('\n')}\n`;
}

/** A message may quote a cluster; it must not look like another line of the log. */
function oneLine(message: string) {
  return message.replace(/\r?\n/g, ' ⏎ ');
}
