export { makeEncryptionKeys, makeSigningKeys } from './keys';
export { MemoryRegistry } from './MemoryRegistry';
export { selfSign } from './selfSign';
