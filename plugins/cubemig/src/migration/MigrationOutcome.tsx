import { Migration } from '@cubemig/plugin-cubemig-common';
import { Notice } from '../problem';
import { FailurePanel } from './FailurePanel';
import { MigrationFigures } from './MigrationFigures';
import { SuccessPanel } from './SuccessPanel';

/** What has come of a migration so far: success or failure, warnings, figures. */
export const MigrationOutcome = (props: {
  migration: Migration;
  onShowPod(migration: Migration): void;
}) => {
  const { migration, onShowPod } = props;
  return (
    <>
      {migration.status === 'completed' && (
        <SuccessPanel migration={migration} onShowPod={onShowPod} />
      )}
      {migration.failure && (
        <FailurePanel migration={migration} failure={migration.failure} />
      )}
      {migration.warnings.map(warning => (
        <Notice key={warning} severity="warning">
          {warning}
        </Notice>
      ))}
      <MigrationFigures migration={migration} />
    </>
  );
};
