export * from './findings';
export * from './archive';
export * from './memory';
export * from './report';
export * from './secrets';
