export * from './applyPatch';
