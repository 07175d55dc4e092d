import type { Program, SystemCalls } from '../Program';
import { nextNumber, numberVariable } from '../storedNumber';

const FILES = 10;
const INTERVAL_MS = 500;

/** Writes one of ten files after the other, of `DISK_KIB` (16) each, into `DISK_FOLDER` (/tmp/disk), and the number of the last write into `latest`. */
export const disk: Program = {
  start: write,
  resume: write,
  onTerminate(system) {
    system.exit(143);
  },
};

function write(system: SystemCalls): void {
  const folder = system.variable('DISK_FOLDER') || '/tmp/disk';
  const number = nextNumber(system);
  const size = numberVariable(system, 'DISK_KIB', 16) * 1024;
  system.writeFile(
    `${folder}/${number % FILES}`,
    `${number} `.padEnd(size, '.'),
  );
  system.writeFile(`${folder}/latest`, `${number}\n`);
  system.print(`write ${number}`);
  system.sleep(INTERVAL_MS, () => write(system));
}
