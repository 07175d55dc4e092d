import { useApi } from '@backstage/frontend-plugin-api';
import { FormEvent, useCallback, useState } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { ResponseRule, RuleInput } from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { useAction } from '../confirm';
import { ProblemNote } from '../problem';
import { useWords } from '../translation';
import { DeedFields } from './DeedFields';
import { MatchFields } from './MatchFields';
import { arePairs, draftOfRule, RuleDraft, ruleOfDraft } from './ruleDraft';
import { TryRule } from './TryRule';

const useStyles = makeStyles(theme => ({
  content: {
    fontFamily: theme.typography.fontFamily,
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    alignContent: 'start',
    gap: theme.spacing(2),
  },
}));

/** Writes or changes a rule, and tries it out before it is saved. */
export const RuleDialog = (props: {
  /** Absent for a new one. */
  rule: ResponseRule | undefined;
  onClose(): void;
  onSaved(): void;
}) => {
  const { rule, onClose, onSaved } = props;
  const classes = useStyles();
  const t = useWords();
  const { response } = useApi(cubemigApiRef);
  const isSmall = useMediaQuery(useTheme().breakpoints.down('xs'));
  const [draft, setDraft] = useState<RuleDraft>(() => draftOfRule(rule));
  const change = (changes: Partial<RuleDraft>) =>
    setDraft(previous => ({ ...previous, ...changes }));
  const save = useAction(
    useCallback(
      (input: RuleInput) =>
        rule
          ? response.updateRule(rule.id, {
              revision: rule.revision,
              rule: input,
            })
          : response.addRule(input),
      [response, rule],
    ),
    onSaved,
  );
  const isWhole =
    draft.name.trim() !== '' &&
    (draft.action !== 'migrate' || draft.target !== '') &&
    arePairs(draft.labels) &&
    arePairs(draft.outputFields);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isWhole && !save.isBusy) save.run(ruleOfDraft(draft));
  };
  return (
    <Dialog
      open
      fullWidth
      maxWidth="md"
      fullScreen={isSmall}
      aria-labelledby="rule-dialog-title"
      onClose={save.isBusy ? undefined : onClose}
    >
      <form onSubmit={submit} noValidate style={{ display: 'contents' }}>
        <DialogTitle id="rule-dialog-title">
          {rule
            ? t('rules.editTitle', { name: rule.name })
            : t('rules.addTitle')}
        </DialogTitle>
        <DialogContent dividers className={classes.content}>
          <MatchFields draft={draft} onChange={change} />
          <DeedFields draft={draft} onChange={change} />
          <TryRule rule={isWhole ? ruleOfDraft(draft) : undefined} />
          {save.refusal && (
            <ProblemNote
              title={t('rules.refused')}
              message={
                save.refusal.field
                  ? `${save.refusal.field}: ${save.refusal.message}`
                  : save.refusal.message
              }
            />
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose} disabled={save.isBusy}>
            {t('common.cancel')}
          </Button>
          <Button
            type="submit"
            color="primary"
            variant="contained"
            disabled={!isWhole || save.isBusy}
          >
            {t('rules.save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
};
