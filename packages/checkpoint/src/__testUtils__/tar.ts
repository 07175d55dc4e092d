import { gunzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { extract, Header, pack } from 'tar-stream';
import { Archive, ArchiveOptions, BufferSource } from '..';
import { FixtureName, fixturePath } from './fixtures';

export type TarFile = Partial<Header> &
  Pick<Header, 'name'> & { content?: Buffer | string };

/** A tar archive of these files. */
export async function makeTar(files: TarFile[]): Promise<Buffer> {
  const packer = pack();
  for (const { content, ...headers } of files) {
    packer.entry(headers, content ?? '');
  }
  packer.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of packer) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

/** Everything in a fixture, unpacked, to be changed and packed again. */
export async function unpackFixture(
  name: FixtureName,
): Promise<Map<string, TarFile>> {
  const files = new Map<string, TarFile>();
  const unpacker = extract();
  unpacker.end(gunzipSync(readFileSync(fixturePath(`${name}.tar.gz`))));
  for await (const entry of unpacker) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) {
      chunks.push(chunk as Buffer);
    }
    const { name: path, type, mode, linkname } = entry.header;
    const content = Buffer.concat(chunks);
    files.set(path, { name: path, type, mode, linkname, content });
  }
  return files;
}

/** A fixture with other, further or (undefined) fewer files. */
export async function openChanged(
  name: FixtureName,
  changes: Record<string, Buffer | string | undefined>,
  options?: ArchiveOptions,
): Promise<Archive> {
  const files = await unpackFixture(name);
  for (const [path, content] of Object.entries(changes)) {
    if (content === undefined) {
      files.delete(path);
    } else {
      files.set(path, { name: path, content });
    }
  }
  return openBytes(await makeTar([...files.values()]), options);
}

export function openBytes(
  bytes: Buffer,
  options?: ArchiveOptions,
): Promise<Archive> {
  return Archive.fromSource(new BufferSource('test.tar', bytes), options);
}
