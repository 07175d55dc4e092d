import { PAGE_SIZE } from '../../criu-images/DumpSnapshot';
import type { Program, SystemCalls } from '../Program';
import { nextNumber, numberVariable } from '../storedNumber';

const MIB = 2 ** 20;
const INTERVAL_MS = 1000;

/** Holds `MEMORY_MIB` (16) of memory, every page marked with its own number, and looks again and again whether they are what they were. */
export const memory: Program = {
  start(system) {
    const { startBrk } = system.memory.marks;
    const pages = pageCount(system);
    system.memory.setBreak(startBrk + pages * PAGE_SIZE);
    const page = Buffer.alloc(PAGE_SIZE, 0x5a);
    for (let index = 0; index < pages; index++) {
      page.writeUInt32LE(index);
      system.memory.write(startBrk + index * PAGE_SIZE, page);
    }
    check(system);
  },
  resume: check,
  onTerminate(system) {
    system.exit(143);
  },
};

function check(system: SystemCalls): void {
  const { startBrk } = system.memory.marks;
  const pages = pageCount(system);
  for (let index = 0; index < pages; index++) {
    if (system.memory.readUInt32(startBrk + index * PAGE_SIZE) !== index) {
      system.print(`page ${index} is not what it was`);
      system.exit(1);
      return;
    }
  }
  system.print(
    `${pages} pages are as they were, seen ${nextNumber(system)} times`,
  );
  system.sleep(INTERVAL_MS, () => check(system));
}

function pageCount(system: SystemCalls): number {
  return (numberVariable(system, 'MEMORY_MIB', 16) * MIB) / PAGE_SIZE;
}
