import Button from '@material-ui/core/Button';
import CircularProgress from '@material-ui/core/CircularProgress';
import DialogActions from '@material-ui/core/DialogActions';
import { makeStyles } from '@material-ui/core/styles';
import { useWords } from '../translation';
import { Draft } from './draft';

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(2, 3) },
}));

/** The way back, on, and out. */
export const DialogButtons = (props: {
  mode: Draft['mode'];
  /** What a person calls the target. */
  target: string;
  isFirst: boolean;
  isLast: boolean;
  /** What leads on from here, unless this is the last step. */
  next: 'next' | 'toPlan';
  isBusy: boolean;
  canGoOn: boolean;
  onClose(): void;
  onBack(): void;
}) => {
  const { mode, target, isFirst, isLast, next, isBusy, canGoOn } = props;
  const t = useWords();
  const start =
    mode === 'checkpoint'
      ? t('plan.start.checkpoint')
      : t(`plan.start.${mode}`, { target });
  return (
    <DialogActions className={useStyles().root}>
      <Button onClick={props.onClose} disabled={isBusy}>
        {t('common.cancel')}
      </Button>
      {!isFirst && (
        <Button onClick={props.onBack} disabled={isBusy}>
          {t('plan.back')}
        </Button>
      )}
      <Button
        type="submit"
        color="primary"
        variant="contained"
        disabled={!canGoOn || isBusy}
        startIcon={
          isBusy ? <CircularProgress size={16} color="inherit" /> : undefined
        }
      >
        {!isLast && t(`plan.${next}`)}
        {isLast && (isBusy ? t('plan.starting') : start)}
      </Button>
    </DialogActions>
  );
};
