import { buildConnector } from 'undici';

/** What ends by itself: a server that restarts, or a network that is interrupted. A certificate that is wrong stays so. */
const PASSING = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
];

/** No connection came about: nothing has been sent. */
export class NotConnected extends Error {
  readonly name = 'NotConnected';
  readonly mayPass: boolean;

  constructor({ message, code }: NodeJS.ErrnoException) {
    super(message || code);
    this.mayPass = PASSING.includes(code ?? '');
  }
}

/** Connects as undici does, and tells what fails then from what fails once something was sent. */
export function connectOrSay(
  options: buildConnector.BuildOptions,
): buildConnector.connector {
  const connect = buildConnector(options);
  return (target, callback) =>
    connect(target, (...[error, socket]) =>
      error ? callback(new NotConnected(error), null) : callback(null, socket),
    );
}
