export * from './LabAccess';
export * from './builtinRoles';
export type { PathAttributes } from './roles';
