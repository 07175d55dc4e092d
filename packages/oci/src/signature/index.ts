export { SignatureError, type SignatureErrorCode } from './SignatureError';
export { signatureTag } from './payload';
export { signImage, type SignOptions } from './signImage';
export { readSigningKey, readVerifyingKey } from './signingKeys';
export { verifyImage, type VerifyOptions } from './verifyImage';
