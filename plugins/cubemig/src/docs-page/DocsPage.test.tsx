import { fetchApiRef } from '@backstage/frontend-plugin-api';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Route, Routes } from 'react-router-dom';
import { findBarriers } from '../__testUtils__/findBarriers';
import { renderPage } from '../__testUtils__/renderPage';
import { docNames } from './docNames';
import { DocsRoutes } from './DocsRoutes';
import { prepareDoc, resolveLink } from './prepareDoc';

const folder = join(__dirname, '../../../../docs');
const read = (name: string) => readFileSync(join(folder, `${name}.md`), 'utf8');

// Jest does not know what the app's bundler makes of such an import.
jest.mock('./docUrls', () => ({
  docUrls: new Proxy({}, { get: (_, name) => String(name) }),
}));
const server = {
  fetch: async (name: string) =>
    ({ ok: true, text: async () => read(name) } as Response),
};

const show = (at: string) =>
  renderPage(
    <Routes>
      <Route path="/cubemig/docs/*" element={<DocsRoutes />} />
    </Routes>,
    () => undefined,
    { at, apis: [[fetchApiRef, server]] },
  );

describe('the docs within the app', () => {
  it('are all of them', () => {
    const files = readdirSync(folder).filter(file => file.endsWith('.md'));
    expect([...docNames].sort()).toEqual(
      files.map(file => file.replace('.md', '')).sort(),
    );
  });

  it('begin with what is in them, and lead from page to page', async () => {
    show('/cubemig/docs');
    const link = { name: 'Threat model' };
    const main = await screen.findByRole('main');
    await within(main).findByRole('heading', { name: 'CubeMig' });
    await userEvent.click(within(main).getAllByRole('link', link)[1]);
    await screen.findByRole('heading', { name: 'Who is not trusted' });
    const [current] = within(main).getAllByRole('link', link);
    expect(current).toHaveAttribute('aria-current', 'page');
    expect(await findBarriers()).toEqual([]);
  });

  it('show the heading that the URL names', async () => {
    show('/cubemig/docs/use#response-rules');
    const heading = await screen.findByRole('heading', {
      name: 'Response rules',
    });
    await waitFor(() => expect(document.activeElement).toBe(heading));
  });

  it('show the row of a code, of a guard, of a permission', async () => {
    for (const [place, words] of [
      [
        'troubleshooting?code=criu-missing#every-cause-that-cubemig-knows',
        'The node has no CRIU',
      ],
      ['use?code=breaker-cluster#guards', 'a person has to look'],
      ['operate?code=cubemig.pod.delete#who-may-what', 'delete a pod'],
    ]) {
      const { unmount } = show(`/cubemig/docs/${place}`);
      await screen.findAllByRole('heading');
      await waitFor(() => expect(document.activeElement?.tagName).toBe('TR'));
      expect(document.activeElement).toHaveTextContent(words);
      unmount();
    }
  });

  it('show the heading where a code has no row', async () => {
    show('/cubemig/docs/use?code=unheard-of#guards');
    const heading = await screen.findByRole('heading', { name: 'Guards' });
    await waitFor(() => expect(document.activeElement).toBe(heading));
  });

  it('say which pages there are where there is none', async () => {
    show('/cubemig/docs/nothing');
    expect(
      await screen.findByText('The docs have no page “nothing”'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'All pages of the docs' }),
    ).toHaveAttribute('href', '/cubemig/docs/index');
  });
});

describe('a page of the docs', () => {
  it.each(docNames)(
    '%s has neither pictures nor links that lead out of the app',
    name => {
      const prose = prepareDoc(read(name))
        .markdown.replace(/^ *```[^]*?^ *```/gm, '')
        .replace(/`[^`\n]*`/g, '');
      expect(prose).not.toContain('![');
      const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) =>
        resolveLink(link, '/cubemig/docs', name),
      );
      expect(
        links.filter(link => !/^(https?:\/\/|\/cubemig\/docs\/)/.test(link)),
      ).toEqual([]);
    },
  );

  it('says where in the repository is what the app does not have', () => {
    expect(
      prepareDoc('apply [it](../deploy/examples/it.yaml#here)').markdown,
    ).toBe('apply it (`deploy/examples/it.yaml`)');
    expect(prepareDoc('[why](adr/0001-pre-pull-pod.md)').markdown).toBe(
      'why (`docs/adr/0001-pre-pull-pod.md`)',
    );
  });

  it('leaves code as it is', () => {
    const code = '```sh\n# a comment\n![a](b.png)\n```';
    expect(prepareDoc(code).markdown).toBe(code);
    expect(prepareDoc(`# Title\n\n${code}\n\n## Part`)).toEqual({
      markdown: `## Title\n\n${code}\n\n### Part`,
      sections: [{ title: 'Part', anchor: 'part' }],
    });
  });
});
