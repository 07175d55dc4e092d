export { MASK, SecretMask } from './SecretMask';
export { findSecrets, holdsSecret, isSecretName } from './secretNames';
