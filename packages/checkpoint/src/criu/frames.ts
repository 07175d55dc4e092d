import { ArchiveError } from '../archive';

/** Starts images since CRIU 2.0. */
const IMG_COMMON_MAGIC = 0x54564319;
/** Starts images that serve CRIU itself, such as `stats-dump`. */
const IMG_SERVICE_MAGIC = 0x55105940;

/**
 * Cuts an image into its messages: a magic number, then `[u32le length][message]` to the end of the file.
 *
 * @throws {@link ArchiveError} at the byte where the image is damaged; what came before has been given by then
 */
export function* readFrames(
  file: string,
  image: Buffer,
  magic: number,
): Generator<Buffer> {
  let offset = readMagic(file, image, magic);
  while (offset < image.length) {
    if (offset + 4 > image.length) {
      throw new ArchiveError(file, 'ends inside a length', offset);
    }
    const length = image.readUInt32LE(offset);
    const start = offset + 4;
    if (length > image.length - start) {
      throw new ArchiveError(
        file,
        `tells of a message of ${length} bytes where ${
          image.length - start
        } are left`,
        offset,
      );
    }
    yield image.subarray(start, start + length);
    offset = start + length;
  }
}

function readMagic(file: string, image: Buffer, magic: number): number {
  if (image.length < 4) {
    throw new ArchiveError(file, 'too short to be a CRIU image', 0);
  }
  const first = image.readUInt32LE(0);
  const hasPreamble =
    (first === IMG_COMMON_MAGIC || first === IMG_SERVICE_MAGIC) &&
    image.length >= 8;
  const offset = hasPreamble ? 4 : 0;
  const found = image.readUInt32LE(offset);
  if (found !== magic) {
    throw new ArchiveError(
      file,
      `starts with 0x${found.toString(
        16,
      )} where a CRIU image of its kind has 0x${magic.toString(16)}`,
      offset,
    );
  }
  return offset + 4;
}
