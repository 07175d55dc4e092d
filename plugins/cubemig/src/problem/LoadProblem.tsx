import { ReactNode } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { useWords } from '../translation';
import { ProblemNote } from './ProblemNote';
import { readRefusal } from './readRefusal';

const useStyles = makeStyles(theme => ({
  // A small text button has 5px beside its word.
  actions: { margin: theme.spacing(0.5, 0, 0, '-5px') },
}));

/** Says that something could not be read and why, and offers to try again. */
export const LoadProblem = (props: {
  title: string;
  error: Error;
  onRetry(): void;
  /** Other ways on, beside trying again. */
  action?: ReactNode;
}) => {
  const classes = useStyles();
  const t = useWords();
  const { message, isDenied } = readRefusal(props.error, t);
  return (
    <ProblemNote
      severity={isDenied ? 'info' : 'error'}
      title={props.title}
      message={message}
      help={{ topic: isDenied ? 'permissions' : 'pages' }}
    >
      <div className={classes.actions}>
        <Button color="inherit" size="small" onClick={props.onRetry}>
          {t('common.tryAgain')}
        </Button>
        {props.action}
      </div>
    </ProblemNote>
  );
};
