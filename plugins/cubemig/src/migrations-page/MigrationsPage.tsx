import { PageBody } from '../page';
import { useWords } from '../translation';
import { MigrationList } from './MigrationList';
import { Queue } from './Queue';

/** All migrations: those under way, those that wait, and those of the past. */
export const MigrationsPage = () => {
  const t = useWords();
  return (
    <PageBody label={t('migration.listTitle')}>
      <Queue />
      <MigrationList />
    </PageBody>
  );
};
