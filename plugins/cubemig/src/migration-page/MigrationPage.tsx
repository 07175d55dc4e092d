import { Link } from '@backstage/core-components';
import { useParams } from 'react-router-dom';
import { MigrationSkeleton, useMigration } from '../migration';
import { PageBody, usePaths } from '../page';
import { LoadProblem } from '../problem';
import { useWords } from '../translation';
import { MigrationDetails } from './MigrationDetails';

/** One migration, with all that is known of it. */
export const MigrationPage = () => {
  const { id = '' } = useParams();
  const t = useWords();
  const paths = usePaths();
  const polled = useMigration(id);
  const { value: migration, error, refresh } = polled;
  return (
    <PageBody
      label={t('migration.pageLabel', { pod: migration?.source.pod ?? id })}
    >
      <div>
        <Link to={paths?.migrations ?? '..'}>{t('migration.toList')}</Link>
      </div>
      {!migration && error && (
        <LoadProblem
          title={t('migration.pageProblem')}
          error={error}
          onRetry={refresh}
        />
      )}
      {!migration && !error && <MigrationSkeleton />}
      {migration && (
        <MigrationDetails
          migration={migration}
          staleSince={polled.isStale ? polled.updatedAt : undefined}
          onChange={refresh}
        />
      )}
    </PageBody>
  );
};
