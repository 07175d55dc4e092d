import { MigrationFile } from './MigrationFile';

/** Characters; reports have up to some millions each. */
const MAX_LENGTH = 16 * 1024 * 1024;

/**
 * What is in files, one after the other, as far as it fits into one answer: at least the first of them. How long a report is decides the
 * archive, and so whoever was in the container.
 */
export async function readContents<
  File extends Pick<MigrationFile, 'read'> & { path: string },
>(
  files: readonly File[],
  maxLength = MAX_LENGTH,
): Promise<{ path: string; content: string }[]> {
  const contents: { path: string; content: string }[] = [];
  let length = 0;
  for (const { path, read } of files) {
    const content = await read();
    length += content.length;
    if (contents.length > 0 && length > maxLength) break;
    contents.push({ path, content });
  }
  return contents;
}
