import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useState } from 'react';
import {
  cubemigRuleWritePermission,
  ResponseRule,
} from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { ConfirmDialog, useAction } from '../confirm';
import { EmptyNote, Loaded, Panel } from '../page';
import { GuardedButton, useDenial } from '../permit';
import { usePolling } from '../polling';
import { Notice } from '../problem';
import { useWords } from '../translation';
import { RuleDialog } from './RuleDialog';
import { RuleExchange } from './RuleExchange';
import { RuleRevisions } from './RuleRevisions';
import { RuleTable } from './RuleTable';

const CALM = 15_000;

/** The response rules in the order in which they are asked. */
export const RuleList = () => {
  const t = useWords();
  const { response } = useApi(cubemigApiRef);
  const denial = useDenial(cubemigRuleWritePermission);
  const [edited, setEdited] = useState<ResponseRule | 'new'>();
  const [removed, setRemoved] = useState<ResponseRule>();
  const [looked, setLooked] = useState<ResponseRule>();
  const load = useCallback(() => response.listRules(), [response]);
  const polled = usePolling(load, CALM);
  const { refresh } = polled;
  const order = useAction(
    useCallback((ids: string[]) => response.orderRules(ids), [response]),
    refresh,
  );
  const remove = useAction(
    useCallback((id: string) => response.deleteRule(id), [response]),
    useCallback(() => {
      setRemoved(undefined);
      refresh();
    }, [refresh]),
  );
  return (
    <Panel
      title={t('rules.title')}
      help="rules"
      isFlush
      aside={
        <>
          <RuleExchange
            total={polled.value?.length}
            denial={denial}
            onImported={refresh}
          />
          <GuardedButton
            size="small"
            color="primary"
            variant="contained"
            denial={denial}
            onClick={() => setEdited('new')}
          >
            {t('rules.add')}
          </GuardedButton>
        </>
      }
    >
      {order.refusal && (
        <Notice severity="error">{order.refusal.message}</Notice>
      )}
      <Loaded polled={polled} problem={t('rules.problem')}>
        {rules =>
          rules.length === 0 ? (
            <EmptyNote title={t('rules.empty')}>
              {t('rules.emptyDetail')}
            </EmptyNote>
          ) : (
            <RuleTable
              rules={rules}
              denial={denial}
              isBusy={order.isBusy}
              onOrder={order.run}
              onEdit={setEdited}
              onRemove={setRemoved}
              onRevisions={setLooked}
            />
          )
        }
      </Loaded>
      {edited && (
        <RuleDialog
          rule={edited === 'new' ? undefined : edited}
          onClose={() => setEdited(undefined)}
          onSaved={() => {
            setEdited(undefined);
            refresh();
          }}
        />
      )}
      {removed && (
        <ConfirmDialog
          title={t('rules.removeTitle', { name: removed.name })}
          verb={t('rules.remove')}
          isBusy={remove.isBusy}
          refusal={remove.refusal}
          onConfirm={() => remove.run(removed.id)}
          onClose={() => setRemoved(undefined)}
        >
          {t('rules.removeDetail')}
        </ConfirmDialog>
      )}
      {looked && (
        <RuleRevisions rule={looked} onClose={() => setLooked(undefined)} />
      )}
    </Panel>
  );
};
