import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useId, useState } from 'react';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import {
  cubemigDecisionApprovePermission,
  Decision,
} from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { ConfirmDialog, useAction } from '../confirm';
import { GuardedButton, useDenial } from '../permit';
import { useWords } from '../translation';

/** Says yes or no to what a response rule asks to do. */
export const Approval = (props: { decision: Decision; onChange(): void }) => {
  const { decision, onChange } = props;
  const t = useWords();
  const fieldId = useId();
  const { response } = useApi(cubemigApiRef);
  const denial = useDenial(
    cubemigDecisionApprovePermission,
    decision.entityRef,
  );
  const [verb, setVerb] = useState<'approve' | 'reject'>();
  const [comment, setComment] = useState('');
  const { run, isBusy, refusal, forgive } = useAction(
    useCallback(async () => {
      const said = comment.trim() || undefined;
      if (verb === 'approve') await response.approveDecision(decision.id, said);
      else await response.rejectDecision(decision.id, said);
      setVerb(undefined);
    }, [response, decision.id, verb, comment]),
    onChange,
  );
  const ask = (asked: 'approve' | 'reject') => {
    forgive();
    setVerb(asked);
  };
  const pod = decision.pod ?? decision.cluster;
  return (
    <>
      <GuardedButton
        size="small"
        color="primary"
        variant="contained"
        denial={denial}
        onClick={() => ask('approve')}
      >
        {t('alerts.approve')}
      </GuardedButton>
      <GuardedButton
        size="small"
        variant="outlined"
        denial={denial}
        onClick={() => ask('reject')}
      >
        {t('alerts.reject')}
      </GuardedButton>
      {verb && (
        <ConfirmDialog
          title={t(
            verb === 'approve' ? 'alerts.approveTitle' : 'alerts.rejectTitle',
            { action: decision.action, pod },
          )}
          verb={t(`alerts.${verb}`)}
          isBusy={isBusy}
          refusal={refusal}
          onConfirm={() => run()}
          onClose={() => setVerb(undefined)}
        >
          <Typography variant="body2" paragraph>
            {decision.reason}
          </Typography>
          <TextField
            id={fieldId}
            fullWidth
            size="small"
            variant="outlined"
            label={t('alerts.comment')}
            value={comment}
            InputLabelProps={{ shrink: true }}
            inputProps={{ maxLength: 1000 }}
            onChange={event => setComment(event.target.value)}
          />
        </ConfirmDialog>
      )}
    </>
  );
};
