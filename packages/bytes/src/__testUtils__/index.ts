export * from './zstd';
