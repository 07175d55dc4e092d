export * from './log';
export * from './names';
export * from './request';
export * from './result';
