import {
  STATUS_CODES,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { Duplex } from 'node:stream';
import { parse as parseYaml } from 'yaml';
import { ApiError, badRequest } from '../ApiError';
import { decodeProtobuf } from '../protobuf/decodeProtobuf';

/** The API server's own limit. */
const MAX_BODY_BYTES = 3 * 1024 * 1024;

export function mediaTypeOf(message: IncomingMessage): string {
  return (message.headers['content-type'] ?? 'application/json')
    .split(';')[0]
    .trim()
    .toLowerCase();
}

/** Reads a body of JSON, YAML or Kubernetes' protobuf; an empty one is undefined. */
export async function readBody(message: IncomingMessage): Promise<any> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) {
      throw new ApiError(
        413,
        'RequestEntityTooLarge',
        `Request entity too large: limit is ${MAX_BODY_BYTES}`,
      );
    }
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  const mediaType = mediaTypeOf(message);
  if (mediaType === 'application/vnd.kubernetes.protobuf') {
    return decodeProtobuf(body);
  }
  const text = body.toString('utf8');
  if (!text.trim()) {
    return undefined;
  }
  try {
    return mediaType.endsWith('yaml') ? parseYaml(text) : JSON.parse(text);
  } catch (error) {
    throw badRequest(`error decoding the body: ${(error as Error).message}`);
  }
}

/** Reads a body that must be an object. */
export async function readObject(message: IncomingMessage): Promise<any> {
  const body = await readBody(message);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw badRequest('the body of the request must be an object');
  }
  return body;
}

export function sendJson(
  response: ServerResponse,
  code: number,
  body: unknown,
): void {
  const text = `${JSON.stringify(body)}\n`;
  response.writeHead(code, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-cache, private',
  });
  response.end(text);
}

/** What was asked for is done, and there is nothing to show for it. */
export function sendSuccess(response: ServerResponse): void {
  sendJson(response, 201, {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    code: 201,
  });
}

export function sendText(
  response: ServerResponse,
  code: number,
  text: string,
): void {
  response.writeHead(code, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(text);
}

/** Answers with the `Status` of an error; where the answer has begun already, it can only be cut off. */
export function sendError(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { code, status } = toStatus(error);
  sendJson(response, code, status);
}

/** As {@link sendError}, to a client that wanted to speak something else than HTTP. */
export function refuseUpgrade(socket: Duplex, error: unknown): void {
  const { code, status } = toStatus(error);
  const text = `${JSON.stringify(status)}\n`;
  socket.end(
    [
      `HTTP/1.1 ${code} ${STATUS_CODES[code]}`,
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(text)}`,
      'connection: close',
      '',
      text,
    ].join('\r\n'),
  );
}

function toStatus(error: unknown) {
  const known =
    error instanceof ApiError
      ? error
      : new ApiError(
          500,
          'InternalError',
          `Internal error occurred: ${(error as Error).message}`,
        );
  return { code: known.code, status: known.toStatus() };
}
