export * from './collect';
export { createForensics } from './createForensics';
export * from './export';
export * from './inquiries';
export * from './store';
