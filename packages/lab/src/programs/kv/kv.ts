import type { Connection, Program, SystemCalls } from '../Program';
import { Arena } from './Arena';
import { errorReply, runCommand } from './commands';
import { ProtocolError, RespParser } from './RespParser';

const DEFAULT_PORT = 6379;

/** A key-value store that speaks Redis' protocol (RESP2). Everything is in memory. */
export const kv: Program = {
  start(system) {
    serve(system, Arena.create(system.memory));
    system.print(`Ready to accept connections on port ${portOf(system)}`);
  },
  resume(system) {
    serve(system, Arena.open(system.memory));
  },
  onTerminate(system) {
    system.print('Received SIGTERM scheduling shutdown...');
    system.exit(0);
  },
};

function serve(system: SystemCalls, arena: Arena): void {
  system.listen(portOf(system), connection => converse(connection, arena));
}

function portOf(system: SystemCalls): number {
  return Number(system.variable('KV_PORT')) || DEFAULT_PORT;
}

function converse(connection: Connection, arena: Arena): void {
  const parser = new RespParser();
  connection.onData(chunk => {
    try {
      const replies: Buffer[] = [];
      for (const command of parser.push(chunk)) {
        if (command[0].toString('latin1').toUpperCase() === 'QUIT') {
          connection.write(Buffer.concat([...replies, Buffer.from('+OK\r\n')]));
          connection.close();
          return;
        }
        replies.push(runCommand(command, arena));
      }
      if (replies.length > 0) {
        connection.write(Buffer.concat(replies));
      }
    } catch (error) {
      if (!(error instanceof ProtocolError)) {
        throw error;
      }
      connection.write(errorReply(`ERR ${error.message}`));
      connection.close();
    }
  });
}
