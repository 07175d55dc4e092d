export * from './ObjectStore';
export * from './WatchLog';
export * from './equality';
export * from './names';
