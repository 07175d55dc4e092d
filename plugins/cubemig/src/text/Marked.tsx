import { Fragment } from 'react';

/** A sentence of the backend, in which `code` stands between backticks. */
export const Marked = ({ text }: { text: string }) => (
  <>
    {text.split(/`([^`]+)`/).map((piece, i) =>
      // Every other piece was between backticks; they do not move.
      // eslint-disable-next-line react/no-array-index-key
      i % 2 === 1 ? (
        <code key={i}>{piece}</code>
      ) : (
        <Fragment key={i}>{piece}</Fragment>
      ),
    )}
  </>
);
