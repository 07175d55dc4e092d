import { act } from '@testing-library/react';
import axe from 'axe-core';

/** What axe takes for a serious barrier on what is shown now, each with the elements that make it. */
export async function findBarriers(): Promise<string[]> {
  let results: axe.AxeResults | undefined;
  // What else happens meanwhile shows afterwards: axe looks at one and the same page.
  await act(async () => {
    results = await axe.run(document.body, {
      resultTypes: ['violations'],
      // Without a layout there are no colours to compare.
      rules: { 'color-contrast': { enabled: false } },
    });
  });
  return results!.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)].join('\n'));
}
