export * from './collect';
export * from './export';
export * from './inquiries';
export * from './store';
