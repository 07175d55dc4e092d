export { MemorySearch } from './MemorySearch';
