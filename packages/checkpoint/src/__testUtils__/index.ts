export * from './fixtures';
export * from './tar';
export * from './criu';
export * from './workedMs';
