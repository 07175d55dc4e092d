export { findSecrets, holdsSecret, locateSecrets } from './findSecrets';
export type { LocatedSecret, SecretKind } from './findSecrets';
export { MASK, SecretMask } from './SecretMask';
export { isSecretName } from './secretNames';
