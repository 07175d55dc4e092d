import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useState } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import {
  Alert,
  cubemigAlertHandlePermission,
} from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { useAction } from '../confirm';
import { UserName } from '../migration';
import { Panel } from '../page';
import { GuardedButton, useDenial } from '../permit';
import { RefusalNote } from '../problem';
import { RelativeTime } from '../time';
import { useWords } from '../translation';
import { CloseAlert } from './CloseAlert';

const useStyles = makeStyles(theme => ({
  said: { overflowWrap: 'anywhere' },
  problem: { marginTop: theme.spacing(1) },
}));

/** What a person has done about the alert, and what one can do. */
export const Handling = (props: { alert: Alert; onChange(): void }) => {
  const { alert, onChange } = props;
  const { handling } = alert;
  const classes = useStyles();
  const t = useWords();
  const { alerts } = useApi(cubemigApiRef);
  const denial = useDenial(cubemigAlertHandlePermission, alert.entityRef);
  const [isClosing, setClosing] = useState(false);
  const { run, isBusy, refusal } = useAction(
    useCallback(() => alerts.acknowledge(alert.id), [alerts, alert.id]),
    onChange,
  );
  return (
    <Panel
      help="alertHandling"
      title={t('alerts.handling')}
      aside={
        // Once it is closed there is nothing more to do about it.
        handling?.state !== 'closed' && (
          <>
            <GuardedButton
              size="small"
              variant="outlined"
              denial={denial}
              disabled={isBusy}
              onClick={() => run()}
            >
              {t('alerts.acknowledge')}
            </GuardedButton>
            <GuardedButton
              size="small"
              variant="outlined"
              denial={denial}
              onClick={() => setClosing(true)}
            >
              {t('common.close')}
            </GuardedButton>
          </>
        )
      }
    >
      <div className={classes.said} role="status">
        {handling ? (
          <>
            <strong>{t(`alerts.handlings.${handling.state}`)}</strong>
            {' · '}
            <UserName entityRef={handling.by} />
            {' · '}
            <RelativeTime moment={handling.at} />
            {handling.reason && ` “${handling.reason}”`}
          </>
        ) : (
          t('alerts.handlings.none')
        )}
      </div>
      {refusal && (
        <RefusalNote
          className={classes.problem}
          title={t('alerts.handlingProblem')}
          refusal={refusal}
        />
      )}
      {isClosing && (
        <CloseAlert
          alert={alert}
          onClosed={() => {
            setClosing(false);
            onChange();
          }}
          onCancel={() => setClosing(false)}
        />
      )}
    </Panel>
  );
};
