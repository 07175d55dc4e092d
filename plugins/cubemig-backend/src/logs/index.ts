export type { FileSource, MigrationFile } from './MigrationFile';
export { migrationFiles } from './migrationFiles';
export { MigrationLogs } from './MigrationLogs';
export type { LogFolder, Reads } from './MigrationLogs';
export { readContents } from './readContents';
export { readCourierEvents } from './readCourierEvents';
export { readManifests } from './readManifests';
