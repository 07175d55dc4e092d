import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useId, useState } from 'react';
import TextField from '@material-ui/core/TextField';
import OffIcon from '@material-ui/icons/PauseCircleFilled';
import OnIcon from '@material-ui/icons/CheckCircle';
import {
  ALERTS_CHANNEL,
  cubemigResponseSwitchPermission,
} from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { ConfirmDialog, useAction } from '../confirm';
import { useLive } from '../live';
import { UserName } from '../migration';
import { Loaded, Panel } from '../page';
import { GuardedButton, useDenial } from '../permit';
import { StatusLabel } from '../status';
import { RelativeTime } from '../time';
import { useWords } from '../translation';

const CALM = 15_000;

/** Whether rules may act at all. */
export const KillSwitch = () => {
  const t = useWords();
  const fieldId = useId();
  const { response } = useApi(cubemigApiRef);
  const denial = useDenial(cubemigResponseSwitchPermission);
  const [isAsking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const load = useCallback(() => response.getSwitch(), [response]);
  const polled = useLive(load, CALM, ALERTS_CHANNEL);
  const isOn = polled.value?.isOn ?? true;
  const turn = useAction(
    useCallback(async () => {
      await response.setSwitch(!isOn, reason.trim() || undefined);
      setAsking(false);
      setReason('');
    }, [response, isOn, reason]),
    polled.refresh,
  );
  return (
    <Panel
      title={t('rules.switchTitle')}
      help="guards"
      aside={
        polled.value && (
          <GuardedButton
            size="small"
            variant="outlined"
            denial={denial}
            onClick={() => setAsking(true)}
          >
            {t(isOn ? 'rules.turnOff' : 'rules.turnOn')}
          </GuardedButton>
        )
      }
    >
      <Loaded polled={polled} problem={t('rules.switchProblem')} height={24}>
        {state => (
          <div>
            <StatusLabel
              tone={state.isOn ? 'ok' : 'warning'}
              Icon={state.isOn ? OnIcon : OffIcon}
            >
              {t(state.isOn ? 'rules.switchOn' : 'rules.switchOff')}
            </StatusLabel>{' '}
            {state.changedBy && state.changedAt && (
              <>
                {t('rules.switchBy')} <UserName entityRef={state.changedBy} />{' '}
                <RelativeTime moment={state.changedAt} />
                {state.reason && `: ${state.reason}`}
              </>
            )}
          </div>
        )}
      </Loaded>
      {isAsking && (
        <ConfirmDialog
          title={t(isOn ? 'rules.turnOffTitle' : 'rules.turnOnTitle')}
          verb={t(isOn ? 'rules.turnOff' : 'rules.turnOn')}
          isBusy={turn.isBusy}
          refusal={turn.refusal}
          onConfirm={() => turn.run()}
          onClose={() => setAsking(false)}
        >
          <TextField
            id={fieldId}
            fullWidth
            size="small"
            variant="outlined"
            label={t('rules.reason')}
            value={reason}
            InputLabelProps={{ shrink: true }}
            inputProps={{ maxLength: 1000 }}
            onChange={event => setReason(event.target.value)}
          />
        </ConfirmDialog>
      )}
    </Panel>
  );
};
