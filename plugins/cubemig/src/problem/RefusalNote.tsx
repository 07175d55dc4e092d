import { ReactNode } from 'react';
import { ProblemNote } from './ProblemNote';
import { Refusal } from './readRefusal';

/** What the backend said to something that was asked of it; to who may not, who may. */
export const RefusalNote = (props: {
  title: string;
  refusal: Refusal;
  className?: string;
  /** Ways on. */
  children?: ReactNode;
}) => {
  const { title, refusal, className, children } = props;
  const { field, message, isDenied } = refusal;
  return (
    <ProblemNote
      className={className}
      title={title}
      message={field ? `${field}: ${message}` : message}
      help={isDenied ? { topic: 'permissions', isAside: true } : undefined}
    >
      {children}
    </ProblemNote>
  );
};
