import { Figures, Migration } from '@cubemig/plugin-cubemig-common';

const DUMP = [
  ['freezingMicros', 'Freezing'],
  ['frozenMicros', 'Frozen'],
  ['memoryDumpMicros', 'Memory dump'],
  ['memoryWriteMicros', 'Memory write'],
] as const;

const PARTS = [
  ['checkpointMs', 'Checkpoint'],
  ['imageMs', 'Image'],
  ['pushMs', 'Push'],
  ['pullMs', 'Pull'],
  ['readyMs', 'Ready'],
  ['downtimeMs', 'Downtime'],
  ['totalMs', 'Total'],
] as const;

/** A migration's figures as a table for people; times in milliseconds. */
export function renderPerformance(
  { id, source, target }: Migration,
  figures: Figures,
): string {
  const rows: [string, string][] = [];
  for (const dump of figures.dumps) {
    for (const [key, title] of DUMP) {
      const micros = dump[key];
      if (micros !== undefined) {
        rows.push([
          `CRIU ${title} (${dump.container})`,
          milliseconds(micros / 1000),
        ]);
      }
    }
  }
  for (const [key, title] of PARTS) {
    const ms = figures[key];
    if (ms !== undefined) rows.push([title, milliseconds(ms)]);
  }
  const { archiveBytes, layerBytes, pushRate } = figures;
  if (archiveBytes !== undefined) rows.push(['Archive', bytes(archiveBytes)]);
  if (layerBytes !== undefined) rows.push(['Layer', bytes(layerBytes)]);
  if (pushRate !== undefined) rows.push(['Push rate', `${bytes(pushRate)}/s`]);
  const width = Math.max(0, ...rows.map(([title]) => title.length));
  return [
    `Performance of migration ${id}: ${source.pod}, ${source.cluster}${
      target ? ` to ${target.cluster}` : ''
    }`,
    '',
    ...rows.map(([title, value]) => `${title.padEnd(width)}  ${value}`),
    '',
  ].join('\n');
}

function milliseconds(value: number) {
  return `${value.toFixed(value < 10 ? 2 : 0).padStart(12)} ms`;
}

function bytes(value: number) {
  return `${(value / 1024 / 1024).toFixed(2).padStart(12)} MiB`;
}
