import type { Arena } from './Arena';

/** An answer in RESP2. */
type Reply = Buffer;

const OK = Buffer.from('+OK\r\n');
const MISSING = Buffer.from('$-1\r\n');

const integer = (value: number | bigint): Reply => Buffer.from(`:${value}\r\n`);
const bulk = (value: Buffer | undefined): Reply =>
  value
    ? Buffer.concat([
        Buffer.from(`$${value.length}\r\n`),
        value,
        Buffer.from('\r\n'),
      ])
    : MISSING;
const array = (items: Reply[]): Reply =>
  Buffer.concat([Buffer.from(`*${items.length}\r\n`), ...items]);

/** An error in RESP2. */
export function errorReply(message: string): Reply {
  return Buffer.from(`-${message}\r\n`);
}

interface Command {
  /** Fewest and most arguments after the name. */
  arity: [number, number];
  run(args: Buffer[], arena: Arena): Reply;
}

const MAX_INT64 = 2n ** 63n - 1n;
const any = Number.POSITIVE_INFINITY;
const keyOf = (argument: Buffer) => argument.toString('latin1');

const commands: Record<string, Command> = {
  PING: {
    arity: [0, 1],
    run: ([message]) => (message ? bulk(message) : Buffer.from('+PONG\r\n')),
  },
  ECHO: { arity: [1, 1], run: ([message]) => bulk(message) },
  SELECT: { arity: [1, 1], run: () => OK },
  GET: { arity: [1, 1], run: ([key], arena) => bulk(arena.get(keyOf(key))) },
  SET: {
    arity: [2, 2],
    run: ([key, value], arena) => {
      arena.set(keyOf(key), value);
      return OK;
    },
  },
  MGET: {
    arity: [1, any],
    run: (keys, arena) => array(keys.map(key => bulk(arena.get(keyOf(key))))),
  },
  MSET: {
    arity: [2, any],
    run: (args, arena) => {
      if (args.length % 2 !== 0) {
        return errorReply("ERR wrong number of arguments for 'mset' command");
      }
      for (let index = 0; index < args.length; index += 2) {
        arena.set(keyOf(args[index]), args[index + 1]);
      }
      return OK;
    },
  },
  DEL: {
    arity: [1, any],
    run: (keys, arena) =>
      integer(keys.filter(key => arena.delete(keyOf(key))).length),
  },
  EXISTS: {
    arity: [1, any],
    run: (keys, arena) =>
      integer(keys.filter(key => arena.has(keyOf(key))).length),
  },
  INCR: {
    arity: [1, 1],
    run: ([key], arena) => {
      const text = (arena.get(keyOf(key)) ?? '0').toString();
      const next = /^-?\d{1,19}$/.test(text) ? BigInt(text) + 1n : undefined;
      if (next === undefined || next > MAX_INT64) {
        return errorReply('ERR value is not an integer or out of range');
      }
      arena.set(keyOf(key), Buffer.from(`${next}`));
      return integer(next);
    },
  },
  DBSIZE: { arity: [0, 0], run: (_args, arena) => integer(arena.size) },
  FLUSHALL: {
    arity: [0, 1],
    run: (_args, arena) => {
      arena.clear();
      return OK;
    },
  },
  KEYS: {
    arity: [1, 1],
    run: ([pattern], arena) => {
      const matches = globMatcher(keyOf(pattern));
      return array(
        arena
          .keys()
          .filter(matches)
          .map(key => bulk(Buffer.from(key, 'latin1'))),
      );
    },
  },
  INFO: {
    arity: [0, any],
    run: (_args, arena) =>
      bulk(
        Buffer.from(
          [
            '# Server',
            'redis_version:7.0.0',
            'server_name:cubemig-lab-kv',
            '# Keyspace',
            `db0:keys=${arena.size},expires=0,avg_ttl=0`,
            '',
          ].join('\r\n'),
        ),
      ),
  },
  // redis-cli asks for the table of commands at its start and for settings in its benchmark; both live with empty lists.
  COMMAND: { arity: [0, any], run: () => array([]) },
  CONFIG: {
    arity: [1, any],
    run: ([verb]) =>
      keyOf(verb).toUpperCase() === 'GET'
        ? array([])
        : errorReply('ERR unsupported CONFIG subcommand'),
  },
};

/** Runs one command: its name, then its arguments. */
export function runCommand([name, ...args]: Buffer[], arena: Arena): Reply {
  const text = keyOf(name);
  const command = Object.hasOwn(commands, text.toUpperCase())
    ? commands[text.toUpperCase()]
    : undefined;
  if (!command) {
    return errorReply(
      `ERR unknown command '${text.slice(0, 128).replace(/[\r\n]/g, ' ')}'`,
    );
  }
  const [fewest, most] = command.arity;
  if (args.length < fewest || args.length > most) {
    return errorReply(
      `ERR wrong number of arguments for '${text.toLowerCase()}' command`,
    );
  }
  return command.run(args, arena);
}

/** Redis' patterns with `*` and `?`; everything else stands for itself. */
function globMatcher(pattern: string): (key: string) => boolean {
  const expression = new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*+/g, '.*')
      .replace(/\?/g, '.')}$`,
    's',
  );
  return key => expression.test(key);
}
