import { randomBytes } from 'node:crypto';
import { Arena } from '../kv/Arena';
import type { Connection, Program, SystemCalls } from '../Program';
import { numberVariable } from '../storedNumber';

const DEFAULT_PORT = 8080;
const MAX_HEAD_BYTES = 8 * 1024;
const END_OF_HEAD = '\r\n\r\n';

/** A web server that counts each visitor's visits by a session cookie, in memory only. Port `PORT` (8080). */
export const web: Program = {
  start(system) {
    serve(system, Arena.create(system.memory));
    system.print(`Listening on port ${portOf(system)}`);
  },
  resume(system) {
    serve(system, Arena.open(system.memory));
  },
  onTerminate(system) {
    system.exit(0);
  },
};

function serve(system: SystemCalls, sessions: Arena): void {
  system.listen(portOf(system), connection => converse(connection, sessions));
}

function portOf(system: SystemCalls): number {
  return numberVariable(system, 'PORT', DEFAULT_PORT);
}

function converse(connection: Connection, sessions: Arena): void {
  let head = '';
  connection.onData(bytes => {
    head += bytes.toString('latin1');
    const isWhole = head.includes(END_OF_HEAD);
    if (isWhole || head.length > MAX_HEAD_BYTES) {
      connection.write(
        Buffer.from(isWhole ? answer(head, sessions) : 'HTTP/1.1 431 \r\n\r\n'),
      );
      connection.close();
    }
  });
}

function answer(head: string, sessions: Arena): string {
  const [, path = '/'] = head.split(' ');
  if (path === '/healthz') {
    return compose('ok\n');
  }
  const known = /^cookie:.*\bsession=([0-9a-f]{16})\b/im.exec(head)?.[1];
  const session = known ?? randomBytes(8).toString('hex');
  const visits = Number(sessions.get(session)?.toString() ?? 0) + 1;
  sessions.set(session, Buffer.from(String(visits)));
  return compose(`session ${session}, visit ${visits}\n`, [
    `Set-Cookie: session=${session}; HttpOnly`,
  ]);
}

function compose(body: string, headers: string[] = []): string {
  return [
    'HTTP/1.1 200 OK',
    'Content-Type: text/plain',
    `Content-Length: ${body.length}`,
    'Connection: close',
    ...headers,
    '',
    body,
  ].join('\r\n');
}
