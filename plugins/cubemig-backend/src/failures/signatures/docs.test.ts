import { cubemigPermissions } from '@cubemig/plugin-cubemig-common';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const root = resolve(__dirname, '../../../../..');
const read = (page: string) => readFileSync(join(root, page), 'utf8');

/** What people read, by its path from the root: all but templates and fixtures. */
const pages = [
  ...readdirSync(root),
  ...['docs', 'deploy', 'examples'].flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true }).map(
      file => `${folder}/${file}`,
    ),
  ),
  ...['packages', 'plugins'].flatMap(folder =>
    readdirSync(join(root, folder)).map(name => `${folder}/${name}/README.md`),
  ),
].filter(page => page.endsWith('.md') && existsSync(join(root, page)));

const withoutCode = (text: string) => text.replace(/^ *```[^]*?^ *```/gm, '');

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(page: string) {
  return [...withoutCode(read(page)).matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replace(/ /g, '-'),
  );
}

/** The links and pictures of a page that lead to nothing, or to a heading that is not there. */
function findBrokenLinks(page: string) {
  const text = withoutCode(read(page)).replace(/`[^`\n]*`/g, '');
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link);
  return links.filter(link => {
    if (/^https?:/.test(link)) return false;
    const [path, anchor] = link.split('#');
    const target = path ? join(dirname(page), path) : page;
    if (!existsSync(join(root, target))) return true;
    return anchor !== undefined && !anchorsOf(target).includes(anchor);
  });
}

it('links pages, headings and pictures that are there', () => {
  expect(pages).toContain('docs/index.md');
  const broken = pages.flatMap(page =>
    findBrokenLinks(page).map(link => `${page}: ${link}`),
  );
  expect(broken).toEqual([]);
});

it('says of every permission what it is for, and who has it', () => {
  const page = read('docs/operate.md');
  const left = cubemigPermissions
    .map(({ name }) => name)
    .filter(name => !page.includes(`| \`${name}\` `));
  expect(left).toEqual([]);
});
