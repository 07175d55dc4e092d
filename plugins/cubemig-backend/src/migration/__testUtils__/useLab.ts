import { TestDatabases } from '@backstage/backend-test-utils';
import { Lab } from './Lab';
import { LabSettings, startLabMigrations } from './LabMigrations';

type LabMigrations = Awaited<ReturnType<typeof startLabMigrations>>;

/** A lab, and CubeMig over it, for all tests of a file. */
export function useLab(
  options: Parameters<typeof Lab.start>[0],
  {
    pods = [],
    ...settings
  }: LabSettings & {
    /** Pods of cluster1 to wait for. */
    pods?: string[];
  } = {},
) {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  const started: LabMigrations[] = [];
  const used = {
    /** Another CubeMig over the same lab, with other settings. */
    async start(others: LabSettings): Promise<LabMigrations> {
      const migrations = await startLabMigrations(used.lab, databases, others);
      started.push(migrations);
      return migrations;
    },
  } as {
    lab: Lab;
    migrations: LabMigrations;
    start(others: LabSettings): Promise<LabMigrations>;
  };
  beforeAll(async () => {
    used.lab = await Lab.start(options);
    used.migrations = await used.start(settings);
    for (const pod of pods) {
      await used.lab.awaitPod('cluster1', pod);
    }
  });
  afterEach(() => used.lab?.mend());
  afterAll(async () => {
    for (const migrations of started) await migrations.stop();
    await used.lab?.close();
  });
  return used;
}
