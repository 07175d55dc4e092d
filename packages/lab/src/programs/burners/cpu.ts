import { createHash } from 'node:crypto';
import { DATA_ADDRESS } from '../../runtime/emulated/loadProgram';
import type { Program, SystemCalls } from '../Program';
import { nextNumber, numberVariable } from '../storedNumber';

const TURN_MS = 100;
const TURNS_PER_REPORT = 10;
const DIGEST_BYTES = 32;
const DIGEST_ADDRESS = DATA_ADDRESS + 64;

/** Keeps a share of a processor busy (`CPU_PERCENT`, 10) with a chain of hashes, each of the one before: a lost link would show. */
export const cpu: Program = {
  start: work,
  resume: work,
  onTerminate(system) {
    system.exit(143);
  },
};

function work(system: SystemCalls): void {
  const share = Math.min(numberVariable(system, 'CPU_PERCENT', 10), 90) / 100;
  const until = Date.now() + TURN_MS * share;
  let digest = system.memory.read(DIGEST_ADDRESS, DIGEST_BYTES);
  let links = 0;
  do {
    digest = createHash('sha256').update(digest).digest();
    links += 1;
  } while (Date.now() < until);
  system.memory.write(DIGEST_ADDRESS, digest);
  system.memory.writeUInt64(
    DATA_ADDRESS + 8,
    system.memory.readUInt64(DATA_ADDRESS + 8) + links,
  );
  if (nextNumber(system) % TURNS_PER_REPORT === 0) {
    const all = system.memory.readUInt64(DATA_ADDRESS + 8);
    system.print(`${all} links, now ${digest.toString('hex').slice(0, 16)}`);
  }
  system.sleep(TURN_MS * (1 - share), () => work(system));
}
