import { cpu } from './burners/cpu';
import { disk } from './burners/disk';
import { memory } from './burners/memory';
import { counter } from './counter';
import { kv } from './kv/kv';
import type { Program } from './Program';
import { reader } from './reader';
import { sleep } from './sleep';
import { standIn } from './standIn';
import { tree } from './tree';
import { web } from './web/web';

const HEADER = '#!cubemig-lab-program ';

/** The programs that emulated containers can run, by the name in their executable file. */
export const programs: Record<string, Program> = {
  counter,
  cpu,
  disk,
  kv,
  memory,
  reader,
  sleep,
  'stand-in': standIn,
  tree,
  web,
};

/** The executable file of a program: one line that names it. */
export function executableOf(program: keyof typeof programs): string {
  return `${HEADER}${program}\n`;
}

/** The program that an executable file holds, if it is one of the lab's. */
export function findProgram(executable: Buffer): Program | undefined {
  const [line] = executable.subarray(0, 100).toString('latin1').split('\n');
  return line.startsWith(HEADER)
    ? programs[line.slice(HEADER.length)]
    : undefined;
}
