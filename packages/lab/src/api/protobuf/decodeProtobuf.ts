import { parse, type Type } from 'protobufjs';
import { ApiError } from '../ApiError';
import { MESSAGES } from './messages';

/** What Kubernetes puts before every protobuf message. */
const MAGIC = Buffer.from('k8s\0');

/** Messages that are something else in JSON: what becomes of them. */
const JSON_FORMS: Record<string, (message: any) => unknown> = {
  Quantity: ({ string }) => string,
  // Its type is 0 for a number, 1 for a text.
  IntOrString: ({ type, intVal, strVal }) => (Number(type) ? strVal : intVal),
  // Go sends zeros of what was left out.
  ServicePort: ({ nodePort, ...port }) =>
    nodePort ? { ...port, nodePort } : port,
  ServiceSpec: ({
    healthCheckNodePort: _port,
    publishNotReadyAddresses,
    ...spec
  }) =>
    publishNotReadyAddresses ? { ...spec, publishNotReadyAddresses } : spec,
  // Embedded in the Go type: its fields are the rule's own.
  IngressRule: ({ ingressRuleValue, ...rule }) => ({
    ...rule,
    ...ingressRuleValue,
  }),
};

const { root } = parse(MESSAGES, { keepCase: true });

/** Reads an object that a client sent as `application/vnd.kubernetes.protobuf`; throws 415 where it holds what the lab does not know. */
export function decodeProtobuf(body: Buffer): unknown {
  if (!body.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw unsupported('without the prefix k8s');
  }
  const envelope = decodeMessage('Unknown', body.subarray(MAGIC.length));
  const { apiVersion, kind } = envelope.typeMeta;
  // A version whose message differs is called so: HorizontalPodAutoscaler_autoscaling_v1.
  const name = [`${kind}_${apiVersion.replace(/\W/g, '_')}`, kind].find(
    message => root.get(message),
  );
  if (!name) {
    throw unsupported(kind);
  }
  const content = decodeMessage(name, Buffer.from(envelope.raw, 'base64'));
  return { apiVersion, kind, ...(withoutEmptyTexts(content) as object) };
}

function decodeMessage(name: string, bytes: Buffer): any {
  const type: Type = root.lookupType(name);
  const message = decodeOrRefuse(type, bytes);
  // What is not described would silently be lost: the message would then come out shorter.
  if (type.encode(message).finish().length !== bytes.length) {
    throw unsupported(`${name} with fields that the lab does not know`);
  }
  return inJsonForm(
    type,
    type.toObject(message, { bytes: String, longs: Number }),
  );
}

function decodeOrRefuse(type: Type, bytes: Buffer) {
  try {
    return type.decode(bytes);
  } catch (error) {
    throw unsupported(`${type.name}: ${(error as Error).message}`);
  }
}

function inJsonForm(type: Type, value: any): any {
  for (const field of type.fieldsArray) {
    const { resolvedType, name } = field.resolve();
    const held = value[name];
    if (resolvedType && 'fieldsArray' in resolvedType && held !== undefined) {
      const convert = (item: any) => inJsonForm(resolvedType, item);
      if (field.map) {
        value[name] = Object.fromEntries(
          Object.entries(held).map(([key, item]) => [key, convert(item)]),
        );
      } else {
        value[name] = field.repeated ? held.map(convert) : convert(held);
      }
    }
  }
  return JSON_FORMS[type.name]?.(value) ?? value;
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
