export { formatAddress, hexdump, HEXDUMP_HEADER } from './hexdump';
export type { HexdumpOptions } from './hexdump';
export { ProcessMemory } from './ProcessMemory';
export type { MemoryPattern } from './finders';
export { searchMemory } from './searchMemory';
export type { MemoryMatch, MemorySearchOptions } from './searchMemory';
export { toPrintable } from './toPrintable';
