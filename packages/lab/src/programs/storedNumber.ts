import { DATA_ADDRESS } from '../runtime/emulated/loadProgram';
import type { SystemCalls } from './Program';

/** A program's only variable that must survive a checkpoint: a number at the start of its data section. */
export function storeNumber({ memory }: SystemCalls, number: number): void {
  memory.writeUInt64(DATA_ADDRESS, number);
}

export function loadNumber({ memory }: SystemCalls): number {
  return memory.readUInt64(DATA_ADDRESS);
}

/** Counts on: returns the next number, which is stored then. */
export function nextNumber(system: SystemCalls): number {
  const number = loadNumber(system) + 1;
  storeNumber(system, number);
  return number;
}

/** A variable that is a number, or what holds without it. */
export function numberVariable(
  system: SystemCalls,
  name: string,
  otherwise: number,
): number {
  const number = Number(system.variable(name) ?? '');
  return number > 0 ? number : otherwise;
}
