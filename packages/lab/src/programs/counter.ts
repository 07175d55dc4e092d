import { DATA_ADDRESS } from '../runtime/emulated/loadProgram';
import type { Program, SystemCalls } from './Program';

const MAX_DIGITS = 20;
const DEFAULT_INTERVAL_MS = 1000;

/** Counts aloud: `count N` once a second, the number also in /tmp/count, with a `sleep` as its child in between. Ends well at `COUNT_TO`, if it is set. */
export const counter: Program = {
  start(system) {
    storeNumber(system, 0);
    announce(system);
  },
  resume(system) {
    if (system.adoptChildren(() => goOn(system)) === 0) {
      announce(system);
    }
  },
  onTerminate(system) {
    system.exit(143);
  },
};

function announce(system: SystemCalls): void {
  const number = loadNumber(system);
  system.writeFile('/tmp/count', `${number}\n`);
  system.print(`count ${number}`);
  if (String(number) === system.variable('COUNT_TO')) {
    system.exit(0);
    return;
  }
  const interval =
    Number(system.variable('COUNTER_INTERVAL_MS')) || DEFAULT_INTERVAL_MS;
  system.spawn(['sleep', `${interval / 1000}`], () => goOn(system));
}

function goOn(system: SystemCalls): void {
  storeNumber(system, loadNumber(system) + 1);
  announce(system);
}

// As a shell holds its variables: text, which a search through the memory finds.
function storeNumber(system: SystemCalls, number: number): void {
  system.memory.write(DATA_ADDRESS, Buffer.from(`i=${number}\0`));
}

function loadNumber(system: SystemCalls): number {
  return Number(
    system.memory.readString(DATA_ADDRESS, MAX_DIGITS).replace('i=', ''),
  );
}
