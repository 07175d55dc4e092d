export * from './fixtures';
export * from './tar';
export * from './criu';
