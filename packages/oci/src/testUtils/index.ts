export { makeEncryptionKeys, makeSigningKeys } from './keys';
export { MemoryRegistry } from './MemoryRegistry';
