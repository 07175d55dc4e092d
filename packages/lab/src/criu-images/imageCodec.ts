import protobuf from 'protobufjs';
import type { ImageType } from './imageTypes';
import { containerMessages } from './messages/containerMessages';
import { fileMessages } from './messages/fileMessages';
import { processMessages } from './messages/processMessages';

const root = buildRoot({
  ...processMessages,
  ...fileMessages,
  ...containerMessages,
});

/** An image file as bytes: its magics, then each entry behind its length (criu/protobuf.c, pb_write_one). */
export function encodeImage(type: ImageType, entries: object[]): Buffer {
  const parts: Buffer[] = [];
  if (type.prefix !== undefined) {
    parts.push(uint32(type.prefix));
  }
  parts.push(uint32(type.magic));
  entries.forEach((entry, index) => {
    const message = messageOf(type, index);
    const bytes = message.encode(message.fromObject(entry)).finish();
    parts.push(uint32(bytes.length), Buffer.from(bytes));
  });
  return Buffer.concat(parts);
}

/** The entries of an image file. 64-bit numbers come out as numbers, which is exact up to 2^53, or as strings. */
export function decodeImage(
  type: ImageType,
  image: Buffer,
  longs: NumberConstructor | StringConstructor = Number,
): any[] {
  let offset = 0;
  for (const magic of [type.prefix, type.magic]) {
    if (magic !== undefined) {
      if (image.length < offset + 4 || image.readUInt32LE(offset) !== magic) {
        throw new Error(`Magic doesn't match for ${type.message}`);
      }
      offset += 4;
    }
  }
  const entries: any[] = [];
  while (offset < image.length) {
    const length = image.readUInt32LE(offset);
    offset += 4;
    if (offset + length > image.length) {
      throw new Error(`Truncated ${type.message}`);
    }
    const message = messageOf(type, entries.length);
    const decoded = message.decode(image.subarray(offset, offset + length));
    entries.push(message.toObject(decoded, { longs }));
    offset += length;
  }
  return entries;
}

function messageOf(type: ImageType, index: number): protobuf.Type {
  return root.lookupType(index === 0 && type.head ? type.head : type.message);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function buildRoot(tables: Record<string, string>): protobuf.Root {
  const result = new protobuf.Root();
  for (const [name, fields] of Object.entries(tables)) {
    const type = new protobuf.Type(name);
    for (const field of fields.split(',')) {
      const [number, fieldName, fieldType] = field.trim().split(' ');
      const repeated = fieldType.endsWith('[]');
      type.add(
        new protobuf.Field(
          fieldName,
          Number(number),
          fieldType.replace('[]', ''),
          repeated ? 'repeated' : 'optional',
          // CRIU's files are proto2, where repeated numbers are not packed.
          repeated ? { packed: false } : {},
        ),
      );
    }
    result.add(type);
  }
  return result;
}
