import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Header, pack } from 'tar-stream';
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

async function tar(
  ...entries: [name: string, content: string, headers?: Partial<Header>][]
): Promise<Buffer> {
  const stream = pack();
  for (const [name, content, headers] of entries) {
    stream.entry({ name, ...headers }, content);
  }
  stream.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const spec = JSON.stringify({ annotations: { 'io.kubernetes.pod.uid': 'u' } });

describe('inspectArchive', () => {
  it("reads a real archive of CRI-O's", async () => {
    await expect(inspect(archive)).resolves.toEqual({
      size: 363520,
      podName: 'counter',
      podNamespace: 'default',
      podUid,
      container: 'counter',
      frozenMicros: 130592,
    });
  });

  it("reads containerd's names", async () => {
    const annotations = {
      'io.kubernetes.cri.sandbox-name': 'pod',
      'io.kubernetes.cri.sandbox-namespace': 'namespace',
      'io.kubernetes.cri.sandbox-uid': 'uid',
      'io.kubernetes.cri.container-name': 'container',
    };
    const content = await tar(['spec.dump', JSON.stringify({ annotations })]);
    await expect(inspect(content)).resolves.toMatchObject({
      podName: 'pod',
      podNamespace: 'namespace',
      podUid: 'uid',
      container: 'container',
    });
  });

  it('reads past long names, folders, links and missing statistics', async () => {
    const long = `checkpoint/${'very-long-name-'.repeat(20)}.img`;
    const content = await tar(
      [long, 'x'.repeat(600)],
      ['pax.img', 'y', { pax: { comment: 'z' } }],
      ['checkpoint/', '', { type: 'directory' }],
      ['link', '', { type: 'symlink', linkname: '/etc/passwd' }],
      ['stats-dump', 'nonsense'],
      ['./spec.dump', spec],
    );
    const facts = await inspect(content);
    expect(facts.podUid).toBe('u');
    expect(facts.frozenMicros).toBeUndefined();
  });

  it('does not take a link or a deeper file for the spec', async () => {
    const content = await tar(
      ['spec.dump', '', { type: 'symlink', linkname: 'x' }],
      ['checkpoint/spec.dump', spec],
    );
    await expect(inspect(content)).rejects.toThrow('has no spec.dump');
  });

  it('reads sizes above 8 GiB as GNU and as PAX write them', async () => {
    const huge = 9 * 1024 ** 3;
    const [gnu, paxHeader] = [
      await tar(['spec.dump', spec]),
      await tar(['spec.dump', spec, { pax: { size: String(huge) } }]),
    ];
    gnu.fill(0, 124, 136);
    gnu[124] = 0x80;
    gnu.writeBigUInt64BE(BigInt(huge), 128);
    fixChecksum(gnu);
    // Understood, and found to lie.
    await expect(inspect(gnu)).rejects.toThrow('cut short');
    await expect(inspect(paxHeader)).rejects.toThrow('cut short');
  });

  it.each([
    ['an empty file', Buffer.alloc(0), 'has no spec.dump'],
    ['no tar', Buffer.alloc(2048, 'x'), 'not a sound tar'],
    ['an archive that is cut short', archive.subarray(0, 50_000), 'cut short'],
  ])('refuses %s', async (_, content, message) => {
    await expect(inspect(content)).rejects.toThrow(message);
  });

  it('refuses what could mean two things, or nothing', async () => {
    await expect(
      inspect(await tar(['spec.dump', spec], ['spec.dump', '{}'])),
    ).rejects.toThrow('two spec.dump');
    await expect(inspect(await tar(['spec.dump', 'not JSON']))).rejects.toThrow(
      'not an OCI runtime spec',
    );
    await expect(
      inspect(await tar(['spec.dump', ' '.repeat(9_000_000)])),
    ).rejects.toThrow('longer than it can be');
  });

  it('follows no link', async () => {
    await symlink('/etc/passwd', join(folder, 'link.tar'));
    await expect(
      inspectArchive(join(folder, 'link.tar')),
    ).rejects.toMatchObject({ code: 'ELOOP' });
  });
});

function fixChecksum(header: Buffer): void {
  header.fill(' ', 148, 156);
  const sum = header.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
}
