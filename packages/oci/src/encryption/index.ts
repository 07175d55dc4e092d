export * from './annotations';
export * from './decryptLayer';
export * from './EncryptionError';
export { LayerCipher } from './LayerCipher';
export { readPublicKey, unwrapKey, wrapKey } from './wrapKey';
