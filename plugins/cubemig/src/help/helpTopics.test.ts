import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anchorOf } from '../docs-page/anchorOf';
import { helpTopics } from './helpTopics';

const headingsOf = (name: string) =>
  [
    ...readFileSync(
      join(__dirname, '../../../../docs', `${name}.md`),
      'utf8',
    ).matchAll(/^#+ (.*)$/gm),
  ].map(([, title]) => anchorOf(title));

it('leads to headings that the docs have', () => {
  const broken = Object.values(helpTopics).filter(place => {
    const [name, anchor] = place.split('#');
    return anchor && !headingsOf(name).includes(anchor);
  });
  expect(broken).toEqual([]);
});
