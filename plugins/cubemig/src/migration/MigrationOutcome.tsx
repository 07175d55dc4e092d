import Alert from '@material-ui/lab/Alert';
import { Migration } from '@cubemig/plugin-cubemig-common';
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
        <Alert key={warning} severity="warning">
          {warning}
        </Alert>
      ))}
      <MigrationFigures migration={migration} />
    </>
  );
};
