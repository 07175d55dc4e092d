import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useState } from 'react';
import Typography from '@material-ui/core/Typography';
import { Alert } from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { useAction } from '../confirm';
import { FormDialog, WordField } from '../form';
import { useWords } from '../translation';

/** Asks why an alert is done with, and closes it. */
export const CloseAlert = (props: {
  alert: Alert;
  onClosed(): void;
  onCancel(): void;
}) => {
  const { alert, onClosed, onCancel } = props;
  const t = useWords();
  const { alerts } = useApi(cubemigApiRef);
  const [reason, setReason] = useState('');
  const { run, isBusy, refusal } = useAction(
    useCallback(
      (said: string) => alerts.close(alert.id, said),
      [alerts, alert.id],
    ),
    onClosed,
  );
  const said = reason.trim();
  return (
    <FormDialog
      title={t('alerts.closeTitle')}
      verb={t('common.close')}
      width="xs"
      isWhole={said !== ''}
      isBusy={isBusy}
      refusal={refusal}
      refusalTitle={t('alerts.handlingProblem')}
      onSubmit={() => run(said)}
      onClose={onCancel}
    >
      <Typography variant="body2">{t('alerts.closeDetail')}</Typography>
      <WordField
        label={t('alerts.reason')}
        required
        value={reason}
        inputProps={{ maxLength: 1000 }}
        onChange={setReason}
      />
    </FormDialog>
  );
};
