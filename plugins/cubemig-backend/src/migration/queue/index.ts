export * from './arrangeQueue';
