import { createReadStream } from 'node:fs';
import { text } from 'node:stream/consumers';
import { extract } from 'tar-stream';

/** The text of one file of an archive. */
export async function readArchived(
  archive: string,
  name: string,
): Promise<string> {
  let found = '';
  for await (const entry of createReadStream(archive).pipe(extract())) {
    const content = await text(entry);
    found = entry.header.name === name ? content : found;
  }
  return found;
}
