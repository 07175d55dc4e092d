export * from './buildTable';
