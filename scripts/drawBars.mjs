const colors = [
  '#7f8c9b',
  '#4f8fc0',
  '#1f5493',
  '#2ca089',
  '#a3c4bc',
  '#e0a030',
  '#c8c8c8',
];

const left = 80;
const width = 720;
const barHeight = 28;
const rowHeight = 44;
const top = 48;

/**
 * Stacked horizontal bars as SVG: one bar a row, one colour a part.
 *
 * @param parts - the parts' names
 * @param rows - `{title, values, label}`, the values in seconds and in the order of the parts, the label behind the bar
 */
export function drawBars(parts, rows) {
  const sum = values => values.reduce((a, b) => a + b, 0);
  const longest = Math.max(...rows.map(({ values }) => sum(values)));
  const scale = width / longest;
  const height = top + rows.length * rowHeight;

  const legend = parts.map((part, index) => {
    const x = left + index * 104;
    return `<rect x="${x}" y="14" width="12" height="12" fill="${
      colors[index]
    }"/><text x="${x + 17}" y="24">${part}</text>`;
  });
  const bars = rows.flatMap(({ title, values, label }, row) => {
    const y = top + row * rowHeight;
    const middle = y + barHeight / 2 + 4;
    let x = left;
    const boxes = values.map((value, index) => {
      const box = `<rect x="${x.toFixed(1)}" y="${y}" width="${(
        value * scale
      ).toFixed(1)}" height="${barHeight}" fill="${
        colors[index]
      }"><title>${title}, ${parts[index]}: ${value.toFixed(
        2,
      )} s</title></rect>`;
      x += value * scale;
      return box;
    });
    return [
      `<text x="${left - 10}" y="${middle}" text-anchor="end">${title}</text>`,
      ...boxes,
      `<text x="${(x + 8).toFixed(1)}" y="${middle}">${label}</text>`,
    ];
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${
    left + width + 70
  } ${height}" font-family="sans-serif" font-size="12" fill="#555" role="img" aria-label="Time of each step by size">
${[...legend, ...bars].join('\n')}
</svg>
`;
}
