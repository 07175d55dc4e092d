import { parse, type Type } from 'protobufjs';
import { ApiError } from '../ApiError';
import { MESSAGES } from './messages';

/** What Kubernetes puts before every protobuf message. */
const MAGIC = Buffer.from('k8s\0');

const { root } = parse(MESSAGES, { keepCase: true });

/** Reads an object that a client sent as `application/vnd.kubernetes.protobuf`; throws 415 where it holds what the lab does not know. */
export function decodeProtobuf(body: Buffer): unknown {
  if (!body.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw unsupported('without the prefix k8s');
  }
  const envelope = decodeMessage('Unknown', body.subarray(MAGIC.length));
  const { apiVersion, kind } = envelope.typeMeta;
  if (!root.get(kind)) {
    throw unsupported(kind);
  }
  const content = decodeMessage(kind, Buffer.from(envelope.raw, 'base64'));
  return { apiVersion, kind, ...(withoutEmptyTexts(content) as object) };
}

function decodeMessage(name: string, bytes: Buffer): any {
  const type: Type = root.lookupType(name);
  const message = type.decode(bytes);
  // What is not described would silently be lost: the message would then come out shorter.
  if (type.encode(message).finish().length !== bytes.length) {
    throw unsupported(`${name} with fields that the lab does not know`);
  }
  return type.toObject(message, { bytes: String, longs: Number });
}

/** Go sends empty texts for what was left out, and an empty time of creation. */
function withoutEmptyTexts(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutEmptyTexts);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, field]) => field !== '' && name !== 'creationTimestamp')
      .map(([name, field]) => [name, withoutEmptyTexts(field)]),
  );
}

function unsupported(what: string): ApiError {
  return new ApiError(
    415,
    'UnsupportedMediaType',
    `the lab cannot read this protobuf message (${what}): send application/json or application/yaml`,
  );
}
