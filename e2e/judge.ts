import { Page } from '@playwright/test';
import axe from 'axe-core';

/** What could be scrolled to the right, of the page as a whole and of its main part, each with the elements that reach beyond it. */
export function findOverflow(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [document.scrollingElement!, ...document.querySelectorAll('main')]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .flatMap(frame => {
        const { right } = frame.getBoundingClientRect();
        const wide = [...frame.querySelectorAll('*')].filter(
          element => element.getBoundingClientRect().right > right + 1,
        );
        return [
          `${frame.tagName} has ${frame.scrollWidth} px in ${frame.clientWidth}`,
          ...wide
            .filter(element => !wide.includes(element.parentElement!))
            .map(element => element.outerHTML.slice(0, 200)),
        ];
      }),
  );
}

/** What axe takes for a serious or critical barrier on what is shown now, each with the elements that make it. */
export async function findBarriers(page: Page): Promise<string[]> {
  // The app's content security policy is for what the page loads, not for what its tester looks with.
  if (!(await page.evaluate(() => 'axe' in window))) {
    await page.evaluate(axe.source);
  }
  return page.evaluate(async () => {
    const { violations } = await (
      window as unknown as { axe: typeof axe }
    ).axe.run(document.body, { resultTypes: ['violations'] });
    // Backstage's own header says of its tabs, which are pages, that they control panels, which it does not make.
    const isBackstages = (id: string, html: string) =>
      id === 'aria-valid-attr-value' && html.startsWith('<a class="bui-Tab ');
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes
          .filter(({ html }) => !isBackstages(id, html))
          .map(
            ({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`,
          ),
      );
  });
}

/** Collects what the page complains of on the console from now on. */
export function watchConsole(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', message => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', error => complaints.push(String(error)));
  return complaints;
}
