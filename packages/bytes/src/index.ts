export { ByteReader } from './ByteReader';
export { unpackZstd } from './unpackZstd';
export * from './zstdHeaders';
