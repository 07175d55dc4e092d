export * from './samples';
export * from './serveApi';
