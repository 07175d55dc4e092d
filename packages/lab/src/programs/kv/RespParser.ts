const CRLF = Buffer.from('\r\n');
/** As Redis' `proto-max-bulk-len`. */
const MAX_BULK_BYTES = 512 * 1024 * 1024;
const MAX_INLINE_BYTES = 64 * 1024;
const MAX_ARGUMENTS = 1024 * 1024;

/** The client broke the protocol; the text is what Redis answers before it closes the connection. */
export class ProtocolError extends Error {}

/** Cuts a client's bytes into commands: RESP arrays of bulk strings, or lines of words. */
export class RespParser {
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  /** Below this many bytes there cannot be another whole command: spares looking at a large value again and again. */
  #neededBytes = 1;

  /** The commands that are complete now, each with its name first. */
  push(chunk: Buffer): Buffer[][] {
    this.#pending.push(chunk);
    this.#pendingBytes += chunk.length;
    if (this.#pendingBytes < this.#neededBytes) {
      return [];
    }
    const bytes = Buffer.concat(this.#pending);
    const commands: Buffer[][] = [];
    let offset = 0;
    for (;;) {
      const parsed = parseCommand(bytes, offset);
      if ('neededBytes' in parsed) {
        this.#neededBytes = parsed.neededBytes - offset;
        break;
      }
      if (parsed.command.length > 0) {
        commands.push(parsed.command);
      }
      offset = parsed.end;
    }
    const rest = bytes.subarray(offset);
    this.#pending = [rest];
    this.#pendingBytes = rest.length;
    return commands;
  }
}

type Parsed = { command: Buffer[]; end: number } | { neededBytes: number };

function parseCommand(bytes: Buffer, start: number): Parsed {
  const incomplete = { neededBytes: bytes.length + 1 };
  const line = readLine(bytes, start);
  if (!line) {
    if (bytes.length - start > MAX_INLINE_BYTES) {
      throw new ProtocolError('Protocol error: too big inline request');
    }
    return incomplete;
  }
  if (!line.text.startsWith('*')) {
    const words = line.text.split(/\s+/).filter(Boolean);
    return {
      command: words.map(word => Buffer.from(word, 'latin1')),
      end: line.end,
    };
  }
  const count = Number(line.text.slice(1));
  if (!Number.isInteger(count) || count > MAX_ARGUMENTS) {
    throw new ProtocolError('Protocol error: invalid multibulk length');
  }
  const command: Buffer[] = [];
  let offset = line.end;
  for (let index = 0; index < count; index += 1) {
    const header = readLine(bytes, offset);
    if (!header) {
      return incomplete;
    }
    const length = Number(header.text.slice(1));
    if (!header.text.startsWith('$')) {
      throw new ProtocolError(
        `Protocol error: expected '$', got '${header.text[0] ?? ' '}'`,
      );
    }
    if (!Number.isInteger(length) || length < 0 || length > MAX_BULK_BYTES) {
      throw new ProtocolError('Protocol error: invalid bulk length');
    }
    const end = header.end + length;
    if (end + CRLF.length > bytes.length) {
      return { neededBytes: end + CRLF.length };
    }
    command.push(bytes.subarray(header.end, end));
    offset = end + CRLF.length;
  }
  return { command, end: offset };
}

function readLine(bytes: Buffer, start: number) {
  const end = bytes.indexOf('\n', start);
  if (end < 0) {
    return undefined;
  }
  const text = bytes.toString('latin1', start, end).replace(/\r$/, '');
  return { text, end: end + 1 };
}
