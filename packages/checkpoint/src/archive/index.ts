export { Archive } from './Archive';
export type { ArchiveOptions } from './Archive';
export { ArchiveError } from './ArchiveError';
export { BufferSource, FileSource, readChunks } from './ByteSource';
export type { ByteSource } from './ByteSource';
export type { Compression } from './compression';
export type { TarEntry } from './indexTar';
export { defaultLimits } from './limits';
export type { Limits } from './limits';
