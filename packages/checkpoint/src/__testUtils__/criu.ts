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

/** `pstree.img` of processes by pid and parent. */
export function makePstree(processes: [pid: number, ppid: number][]): Buffer {
  return makeImage(
    PSTREE_MAGIC,
    processes.map(([pid, ppid]) => [
      'PstreeEntry',
      { pid, ppid, pgid: pid, sid: pid, threads: [pid] },
    ]),
  );
}

/** `core-PID.img`. */
export function makeCore(taskState: number, comm: string | Buffer): Buffer {
  return makeImage(CORE_MAGIC, [
    ['Core', { mtype: 1, tc: { taskState, comm: Buffer.from(comm) } }],
  ]);
}
