import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { archive, podUid } from '../__testUtils__/TestNode';
import { inspectArchive } from './inspectArchive';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'archive-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function inspect(content: Buffer) {
  const path = join(folder, 'archive.tar');
  await writeFile(path, content);
  return inspectArchive(path);
}

async function tar(entries: Record<string, string>): Promise<Buffer> {
  const stream = pack();
  for (const [name, content] of Object.entries(entries)) {
    stream.entry({ name }, content);
  }
  stream.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

describe('inspectArchive', () => {
  it("reads a real archive of CRI-O's", async () => {
    await expect(inspect(archive)).resolves.toEqual({
      size: 363520,
      podName: 'counter',
      podNamespace: 'default',
      podUid,
      container: 'counter',
      frozenMicros: 130592,
      dump: {
        freezingMicros: 687,
        memoryDumpMicros: 1317,
        memoryWriteMicros: 218,
        pagesScanned: 49,
        pagesWritten: 33,
      },
    });
  });

  it("reads containerd's names, and does without statistics", async () => {
    const annotations = {
      'io.kubernetes.cri.sandbox-name': 'pod',
      'io.kubernetes.cri.sandbox-namespace': 'namespace',
      'io.kubernetes.cri.sandbox-uid': 'uid',
      'io.kubernetes.cri.container-name': 'container',
    };
    const content = await tar({
      'stats-dump': 'nonsense',
      'spec.dump': JSON.stringify({ annotations }),
    });
    await expect(inspect(content)).resolves.toEqual({
      size: content.length,
      podName: 'pod',
      podNamespace: 'namespace',
      podUid: 'uid',
      container: 'container',
      frozenMicros: undefined,
    });
  });

  it.each([
    ['an empty file', Buffer.alloc(0)],
    ['no tar', Buffer.alloc(2048, 'x')],
    ['an archive that is cut short', archive.subarray(0, archive.length - 9e4)],
    ['a compressed archive', gzipSync(archive)],
  ])('refuses %s', async (_, content) => {
    await expect(inspect(content)).rejects.toThrow(/archive/);
  });

  it('refuses an archive without a spec', async () => {
    const content = await tar({ 'config.dump': '{}' });
    await expect(inspect(content)).rejects.toThrow('spec.dump');
  });

  it('follows no link', async () => {
    await writeFile(join(folder, 'archive.tar'), archive);
    await symlink('archive.tar', join(folder, 'link.tar'));
    await expect(inspectArchive(join(folder, 'link.tar'))).rejects.toThrow(
      'not a file',
    );
  });
});
