import { ReactNode } from 'react';
import Button from '@material-ui/core/Button';
import { ProblemNote } from './ProblemNote';
import { readRefusal } from './readRefusal';

/** Says that something could not be read and why, and offers to try again. */
export const LoadProblem = (props: {
  title: string;
  error: Error;
  onRetry(): void;
  /** Other ways on, beside trying again. */
  action?: ReactNode;
}) => {
  return (
    <ProblemNote
      title={props.title}
      message={readRefusal(props.error).message}
      action={
        <>
          <Button color="inherit" size="small" onClick={props.onRetry}>
            Try again
          </Button>
          {props.action}
        </>
      }
    />
  );
};
