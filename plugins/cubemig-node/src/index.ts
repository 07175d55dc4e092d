export * from './ResponseAction';
