import { FormEvent, ReactNode, useId } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { Refusal, RefusalNote } from '../problem';
import { useWords } from '../translation';

const useStyles = makeStyles(theme => ({
  content: {
    fontFamily: theme.typography.fontFamily,
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    alignContent: 'start',
    gap: theme.spacing(2),
  },
}));

/** A dialog whose fields are sent together. */
export const FormDialog = (props: {
  title: string;
  /** What the button that sends says. */
  verb: string;
  /** `md` unless told. */
  width?: 'xs' | 'md';
  /** Whether there is enough to be sent. */
  isWhole: boolean;
  isBusy: boolean;
  refusal?: Refusal;
  /** Says what was refused. */
  refusalTitle: string;
  onSubmit(): void;
  onClose(): void;
  children: ReactNode;
}) => {
  const { title, verb, isWhole, isBusy, refusal, onSubmit, onClose } = props;
  const classes = useStyles();
  const t = useWords();
  const id = useId();
  const isSmall = useMediaQuery(useTheme().breakpoints.down('xs'));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isWhole && !isBusy) onSubmit();
  };
  return (
    <Dialog
      open
      fullWidth
      maxWidth={props.width ?? 'md'}
      fullScreen={isSmall}
      aria-labelledby={id}
      onClose={isBusy ? undefined : onClose}
    >
      <form onSubmit={submit} noValidate style={{ display: 'contents' }}>
        <DialogTitle id={id}>{title}</DialogTitle>
        <DialogContent dividers className={classes.content}>
          {props.children}
          {refusal && (
            <RefusalNote title={props.refusalTitle} refusal={refusal} />
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose} disabled={isBusy}>
            {t('common.cancel')}
          </Button>
          <Button
            type="submit"
            color="primary"
            variant="contained"
            disabled={!isWhole || isBusy}
          >
            {verb}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
};
