export { MemoryRegistry } from './__testUtils__/MemoryRegistry';
