import { Migration } from '@cubemig/plugin-cubemig-common';
import { Notice, ProblemNote } from '../problem';
import { RelativeTime } from '../time';
import { useWords } from '../translation';
import { FailurePanel } from './FailurePanel';
import { MigrationFigures } from './MigrationFigures';
import { SuccessPanel } from './SuccessPanel';
import { Warnings } from './Warnings';

/** What has come of a migration so far: success or failure, warnings, figures. */
export const MigrationOutcome = (props: {
  migration: Migration;
  findPod?(migration: Migration): (() => void) | undefined;
}) => {
  const { migration, findPod } = props;
  const { status, cancelledBy, failure, source, checkpointsRemoved } =
    migration;
  const t = useWords();
  const isStopping = status === 'running' || status === 'undoing';
  return (
    <>
      {status === 'completed' && (
        <SuccessPanel migration={migration} findPod={findPod} />
      )}
      {status === 'cancelled' && (
        <ProblemNote
          severity="info"
          title={t('outcome.cancelled')}
          message={t('outcome.cancelledDetail', {
            pod: source.pod,
            cluster: source.cluster,
          })}
        />
      )}
      {cancelledBy && isStopping && (
        <Notice severity="info">
          {t('migration.cancelling', { user: cancelledBy })}
        </Notice>
      )}
      {failure && status !== 'cancelled' && (
        <FailurePanel migration={migration} failure={failure} />
      )}
      {checkpointsRemoved && (
        <ProblemNote
          severity="info"
          title={t('migration.checkpointsRemoved')}
          help={{ topic: 'retention' }}
          message={
            <>
              {t('migration.checkpointsRemovedDetail', {
                reason: checkpointsRemoved.reason,
              })}{' '}
              (<RelativeTime moment={checkpointsRemoved.at} />)
            </>
          }
        />
      )}
      <Warnings warnings={migration.warnings} />
      <MigrationFigures migration={migration} />
    </>
  );
};
