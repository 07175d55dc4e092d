import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { ResponseRule } from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { UserName } from '../migration';
import { Loaded } from '../page';
import { usePolling } from '../polling';
import { TextBlock } from '../text';
import { RelativeTime } from '../time';
import { useWords } from '../translation';

/** What a rule said at which time, and who changed it. */
export const RuleRevisions = (props: {
  rule: ResponseRule;
  onClose(): void;
}) => {
  const { rule, onClose } = props;
  const t = useWords();
  const { response } = useApi(cubemigApiRef);
  const load = useCallback(
    () => response.listRuleRevisions(rule.id),
    [response, rule.id],
  );
  const polled = usePolling(load, undefined);
  return (
    <Dialog
      open
      fullWidth
      maxWidth="md"
      aria-labelledby="rule-revisions-title"
      onClose={onClose}
    >
      <DialogTitle id="rule-revisions-title">
        {t('rules.revisionsOf', { name: rule.name })}
      </DialogTitle>
      <DialogContent style={{ display: 'grid', gap: 16 }}>
        <Loaded polled={polled} problem={t('rules.revisionsProblem')}>
          {revisions =>
            revisions.map(({ revision, changedAt, changedBy, rule: then }) => (
              <div key={revision}>
                <UserName entityRef={changedBy} />{' '}
                <RelativeTime moment={changedAt} />
                {then ? (
                  <TextBlock
                    label={t('rules.revision', { number: String(revision) })}
                    text={JSON.stringify(then, undefined, 2)}
                  />
                ) : (
                  ` ${t('rules.deleted')}`
                )}
              </div>
            ))
          }
        </Loaded>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common.close')}</Button>
      </DialogActions>
    </Dialog>
  );
};
