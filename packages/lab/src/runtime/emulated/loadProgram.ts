import { createHash } from 'node:crypto';
import { MemoryArea, PAGE_SIZE } from '../../criu-images/DumpSnapshot';
import { AddressSpace } from './AddressSpace';

/** Where every emulated program finds its variables: its data section, one page. */
export const DATA_ADDRESS = 0x5f5000;
const CODE_ADDRESS = 0x401000;
const HEAP_ADDRESS = 0x950f000;
const VDSO_ADDRESS = 0x7fb6de9ef000;
const STACK_END = 0x7ffe25f86000;
const STACK_SIZE = 0x21000;

const READ = 1;
const WRITE = 2;
const EXECUTE = 4;

/** The memory of a process that has just executed a program, with its arguments and environment on its stack. */
export function loadProgram(
  executable: { path: string; content: Buffer },
  argv: string[],
  environment: string[],
): AddressSpace {
  const codeEnd =
    CODE_ADDRESS + roundUp(Math.max(executable.content.length, 1));
  const areas: MemoryArea[] = [
    {
      ...span(CODE_ADDRESS - PAGE_SIZE, PAGE_SIZE),
      protection: READ,
      kind: 'file',
      fileOffset: 0,
    },
    {
      start: CODE_ADDRESS,
      end: codeEnd,
      protection: READ | EXECUTE,
      kind: 'file',
      fileOffset: PAGE_SIZE,
    },
    {
      ...span(DATA_ADDRESS, PAGE_SIZE),
      protection: READ | WRITE,
      kind: 'anonymous',
    },
    {
      ...span(HEAP_ADDRESS, PAGE_SIZE),
      protection: READ | WRITE,
      kind: 'heap',
    },
    {
      ...span(VDSO_ADDRESS - 6 * PAGE_SIZE, 6 * PAGE_SIZE),
      protection: READ,
      kind: 'vvar',
    },
    {
      ...span(VDSO_ADDRESS, 2 * PAGE_SIZE),
      protection: READ | EXECUTE,
      kind: 'vdso',
    },
    {
      ...span(STACK_END - STACK_SIZE, STACK_SIZE),
      protection: READ | WRITE,
      kind: 'stack',
    },
  ];

  const args = zeroTerminated(argv);
  const variables = zeroTerminated(environment);
  // As execve(2) leaves it: file name last, below it the environment, below that the arguments.
  const envEnd = STACK_END - 16 - Buffer.byteLength(executable.path);
  const envStart = envEnd - variables.length;
  const argStart = envStart - args.length;
  const startStack = Math.floor((argStart - 0x400) / 16) * 16;
  if (startStack < STACK_END - STACK_SIZE) {
    throw new Error('Argument list too long');
  }
  const memory = new AddressSpace(
    {
      startCode: CODE_ADDRESS,
      endCode: codeEnd,
      startData: DATA_ADDRESS,
      endData: DATA_ADDRESS + PAGE_SIZE,
      startStack,
      startBrk: HEAP_ADDRESS,
      brk: HEAP_ADDRESS + PAGE_SIZE,
      argStart,
      argEnd: envStart,
      envStart,
      envEnd,
    },
    areas,
  );
  memory.write(argStart, args);
  memory.write(envStart, variables);
  memory.write(envEnd, Buffer.from(executable.path));
  memory.write(CODE_ADDRESS, executable.content);
  memory.write(VDSO_ADDRESS, createHash('sha256').update('vdso').digest());
  return memory;
}

/** A process's arguments or environment as its memory has them now. */
export function readStrings(
  memory: AddressSpace,
  start: number,
  end: number,
): string[] {
  const text = memory.read(start, end - start).toString('utf8');
  return text.length === 0 ? [] : text.replace(/\0$/, '').split('\0');
}

function zeroTerminated(values: string[]): Buffer {
  return Buffer.from(values.map(value => `${value}\0`).join(''));
}

function roundUp(length: number): number {
  return Math.ceil(length / PAGE_SIZE) * PAGE_SIZE;
}

function span(start: number, length: number) {
  return { start, end: start + length };
}
