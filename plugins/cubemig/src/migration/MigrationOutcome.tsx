import { Migration } from '@cubemig/plugin-cubemig-common';
import { Notice } from '../problem';
import { FailurePanel } from './FailurePanel';
import { MigrationFigures } from './MigrationFigures';
import { SuccessPanel } from './SuccessPanel';

/** What has come of a migration so far: success or failure, warnings, figures. */
export const MigrationOutcome = (props: {
  migration: Migration;
  findPod?(migration: Migration): (() => void) | undefined;
}) => {
  const { migration, findPod } = props;
  return (
    <>
      {migration.status === 'completed' && (
        <SuccessPanel migration={migration} findPod={findPod} />
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
