import { ReactNode, useId } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles } from '@material-ui/core/styles';
import { Refusal, RefusalNote } from '../problem';
import { useWords } from '../translation';

const useStyles = makeStyles(theme => ({
  content: {
    display: 'grid',
    gap: theme.spacing(2),
    fontFamily: theme.typography.fontFamily,
  },
}));

/** Asks before something is done that cannot be taken back. */
export const ConfirmDialog = (props: {
  title: string;
  /** What the button that does it says. */
  verb: string;
  cancelWord?: string;
  isBusy: boolean;
  refusal?: Refusal;
  onConfirm(): void;
  onClose(): void;
  children: ReactNode;
}) => {
  const { title, verb, isBusy, refusal, onConfirm, onClose } = props;
  const t = useWords();
  const id = useId();
  return (
    <Dialog
      open
      fullWidth
      maxWidth="xs"
      aria-labelledby={id}
      onClose={isBusy ? undefined : onClose}
    >
      <DialogTitle id={id}>{title}</DialogTitle>
      <DialogContent className={useStyles().content}>
        <div>{props.children}</div>
        {refusal && (
          <RefusalNote title={t('migration.actionProblem')} refusal={refusal} />
        )}
      </DialogContent>
      <DialogActions>
        <Button
          onClick={onClose}
          disabled={isBusy}
          // What is safe comes first.
          // eslint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          // A ripple would begin before its place is there.
          disableFocusRipple
        >
          {props.cancelWord ?? t('common.cancel')}
        </Button>
        <Button
          color="primary"
          variant="contained"
          disabled={isBusy}
          onClick={onConfirm}
        >
          {verb}
        </Button>
      </DialogActions>
    </Dialog>
  );
};
