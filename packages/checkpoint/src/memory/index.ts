export { formatAddress, hexdump, HEXDUMP_HEADER } from './hexdump';
export type { HexdumpOptions } from './hexdump';
export { ProcessMemory } from './ProcessMemory';
export { searchMemory } from './searchMemory';
export type {
  MemoryMatch,
  MemoryPattern,
  MemorySearchOptions,
} from './searchMemory';
