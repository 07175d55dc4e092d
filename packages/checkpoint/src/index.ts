export * from './archive';
export * from './diff';
export * from './findings';
export * from './memory';
export * from './report';
export * from './rootfs';
export * from './secrets';
