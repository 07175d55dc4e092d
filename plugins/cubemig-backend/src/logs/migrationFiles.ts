import { MigrationStore } from '../migration';
import { FileSource } from './MigrationFile';
import { renderLog } from './renderLog';
import { renderPerformance } from './renderPerformance';

/** The files that every migration has: its log, what came of it and, if it got that far, its figures. */
export function migrationFiles(
  store: Pick<MigrationStore, 'listEvents'>,
): FileSource {
  return {
    async listFiles(migration) {
      return [
        {
          name: 'migration_log.txt',
          type: 'log',
          read: async () =>
            renderLog(migration, await store.listEvents(migration.id)),
        },
        {
          name: 'migration_result.json',
          type: 'result',
          read: async () => `${JSON.stringify(migration, undefined, 2)}\n`,
        },
        ...(migration.figures
          ? [
              {
                name: 'performance_summary.txt',
                type: 'performance' as const,
                read: async () =>
                  renderPerformance(migration, migration.figures!),
              },
            ]
          : []),
      ];
    },
  };
}
