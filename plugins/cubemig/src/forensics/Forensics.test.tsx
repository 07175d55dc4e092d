import { EvaluatePermissionRequest } from '@backstage/plugin-permission-common';
import { screen, waitFor } from '@testing-library/react';
import {
  aCompletedMigration,
  aReportSummary,
  aStoredReport,
} from '../__testUtils__';
import { renderPage } from '../__testUtils__/renderPage';
import { Forensics } from './Forensics';

const shop = 'component:default/shop';

/** A part of the report of the service shop, for somebody who may do everything with the services that are theirs. */
function show(part: string, owned: string) {
  const isOwned = (request: EvaluatePermissionRequest) =>
    request.resourceRef === owned;
  renderPage(
    <Forensics migration={aCompletedMigration({ entityRef: shop })} />,
    ({ path }) => {
      if (path === '/assessment') return { model: 'some-model' };
      if (path.endsWith('/assessments')) return { items: [] };
      if (path.endsWith('/reports')) return { items: [aReportSummary()] };
      return aStoredReport();
    },
    { at: `/?part=${part}`, isAllowed: isOwned },
  );
}

describe.each([
  ['environment', 'Reveal', 'cubemig.forensics.reveal-secrets'],
  ['assessment', 'Assess this report', 'cubemig.assessment.create'],
])("a forensic report's %s", (part, name, permission) => {
  it('can be used by owners of the service', async () => {
    show(part, shop);
    const [button] = await screen.findAllByRole('button', { name });
    await waitFor(() => expect(button).not.toHaveAttribute('aria-disabled'));
  });

  it('tells others which permission it takes', async () => {
    show(part, 'component:default/other');
    const [button] = await screen.findAllByRole('button', { name });
    await waitFor(() =>
      expect(button).toHaveAttribute(
        'title',
        expect.stringContaining(permission),
      ),
    );
    expect(button).toHaveAttribute('aria-disabled', 'true');
  });
});
