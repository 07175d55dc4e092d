import { TestDatabases } from '@backstage/backend-test-utils';
import { Lab } from './Lab';
import { startLabMigrations } from './LabMigrations';

/** A lab, and CubeMig over it, for all tests of a file. */
export function useLab(
  options: Parameters<typeof Lab.start>[0],
  settings: {
    /** Of `cubemig.migration`. */
    migration?: object;
    /** Of `cubemig.courier`. */
    courier?: object;
    /** Pods of cluster1 to wait for. */
    pods?: string[];
  } = {},
) {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  const used = {} as {
    lab: Lab;
    migrations: Awaited<ReturnType<typeof startLabMigrations>>;
  };
  beforeAll(async () => {
    used.lab = await Lab.start(options);
    used.migrations = await startLabMigrations(used.lab, databases, settings);
    for (const pod of settings.pods ?? []) {
      await used.lab.awaitPod('cluster1', pod);
    }
  });
  afterEach(() => used.lab?.mend());
  afterAll(async () => {
    await used.migrations?.stop();
    await used.lab?.close();
  });
  return used;
}
