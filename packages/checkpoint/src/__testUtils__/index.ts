export * from './fixtures';
export * from './tar';
export * from './zstd';
export * from './criu';
