export { MemoryRegistry } from './MemoryRegistry';
