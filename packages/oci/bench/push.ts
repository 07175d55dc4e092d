import { Readable } from 'node:stream';
import { randomFillSync } from 'node:crypto';
import { Compression, pushCheckpointImage, RegistryClient } from '../src';

/** `push <host> <archive | size in MiB> <compression> [public key, PEM]`: the program that the bench measures. */
async function main() {
  const [host, source, compression, recipient] = process.argv.slice(2);
  const registry = new RegistryClient({ host, insecure: true });
  const megabytes = Number(source);
  const pushed = await pushCheckpointImage({
    registry,
    repository: 'bench/ours',
    tag: compression,
    archive: megabytes
      ? Readable.from(make(megabytes), { highWaterMark: 1 })
      : source,
    container: 'bench',
    compression: compression as Compression,
    recipients: recipient ? [recipient] : undefined,
    architecture: 'amd64',
  });
  await registry.close();
  process.stdout.write(
    JSON.stringify({
      ...pushed,
      megabytes: process.resourceUsage().maxRSS / 1000,
    }),
  );
}

/** An archive that is too large to lie on a disk, as random as the one of the bench. Its own memory is used again and again. */
function* make(megabytes: number) {
  const parts = Array.from({ length: 8 }, () => Buffer.alloc(1024 * 1024));
  for (let index = 0; index < megabytes; index++) {
    const part = parts[index % parts.length];
    part.fill(`page ${index} of memory `);
    if (index % 3 === 0) randomFillSync(part);
    yield part;
  }
}

main().then(
  () => process.exit(0),
  error => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
