import { messageType } from '../criu/messages';

const COMMON_MAGIC = 0x54564319;

/** An image of these messages, as CRIU would write it. */
export function makeImage(
  magic: number,
  messages: [type: string, content: Record<string, unknown>][],
): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(COMMON_MAGIC, 0);
  head.writeUInt32LE(magic, 4);
  const frames = messages.flatMap(([type, content]) => {
    const message = messageType(type);
    const body = Buffer.from(message.encode(message.create(content)).finish());
    const length = Buffer.alloc(4);
    length.writeUInt32LE(body.length);
    return [length, body];
  });
  return Buffer.concat([head, ...frames]);
}

const PSTREE_MAGIC = 0x50273030;
const CORE_MAGIC = 0x55053847;

/** `pstree.img` of processes by pid and parent. By hand: the library takes long for a million of them. */
export function makePstree(processes: [pid: number, ppid: number][]): Buffer {
  const image = Buffer.alloc(8 + processes.length * 40);
  image.writeUInt32LE(COMMON_MAGIC, 0);
  image.writeUInt32LE(PSTREE_MAGIC, 4);
  let end = 8;
  const writeField = (field: number, value: number) => {
    image[end++] = field * 8;
    let rest = value;
    for (; rest > 0x7f; rest = Math.floor(rest / 128)) {
      image[end++] = (rest % 128) + 128;
    }
    image[end++] = rest;
  };
  for (const [pid, ppid] of processes) {
    const start = end;
    end += 4;
    [pid, ppid, pid, pid, pid].forEach((value, i) => writeField(i + 1, value));
    image.writeUInt32LE(end - start - 4, start);
  }
  return image.subarray(0, end);
}

/** `core-PID.img`. */
export function makeCore(taskState: number, comm: string | Buffer): Buffer {
  return makeImage(CORE_MAGIC, [
    ['Core', { mtype: 1, tc: { taskState, comm: Buffer.from(comm) } }],
  ]);
}
