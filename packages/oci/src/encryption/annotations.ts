/** Added to the media type of an encrypted layer. */
export const ENCRYPTED_SUFFIX = '+encrypted';
/** The layer's key, wrapped as JWE: base64 of one or, separated by commas, more of them. */
export const ENC_KEYS_JWE = 'org.opencontainers.image.enc.keys.jwe';
/** What everyone may know of how it was encrypted: base64 of JSON. */
export const ENC_PUBOPTS = 'org.opencontainers.image.enc.pubopts';
