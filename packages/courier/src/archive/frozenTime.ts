/** The two magic numbers that CRIU puts before the message in `stats-dump`. */
const IMG_SERVICE_MAGIC = 0x55105940;
const STATS_MAGIC = 0x57093306;

/** Field numbers of CRIU's images/stats.proto. */
const STATS_DUMP = 1;
const FROZEN_TIME = 2;

/**
 * How long CRIU held the container still, in microseconds, from the content of `stats-dump`; undefined if it cannot be read,
 * since a missing figure is no reason to fail a migration.
 */
export function readFrozenTime(content: Buffer): number | undefined {
  if (
    content.length < 12 ||
    content.readUInt32LE(0) !== IMG_SERVICE_MAGIC ||
    content.readUInt32LE(4) !== STATS_MAGIC
  ) {
    return undefined;
  }
  const length = content.readUInt32LE(8);
  const message = content.subarray(12, 12 + length);
  const dump = findField(message, STATS_DUMP);
  const frozen = dump instanceof Buffer && findField(dump, FROZEN_TIME);
  return typeof frozen === 'number' ? frozen : undefined;
}

/** A field of a protobuf message made of varints and nested messages only, as these are. */
function findField(
  message: Buffer,
  wanted: number,
): number | Buffer | undefined {
  let position = 0;
  const readVarint = () => {
    let value = 0;
    for (let factor = 1; position < message.length; factor *= 128) {
      const byte = message[position++];
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) break;
    }
    return value;
  };
  while (position < message.length) {
    const tag = readVarint();
    const wireType = tag & 7;
    if (wireType !== 0 && wireType !== 2) {
      return undefined;
    }
    const value = readVarint();
    const found =
      wireType === 0 ? value : message.subarray(position, position + value);
    if (Math.floor(tag / 8) === wanted) {
      return found;
    }
    position += wireType === 2 ? value : 0;
  }
  return undefined;
}
