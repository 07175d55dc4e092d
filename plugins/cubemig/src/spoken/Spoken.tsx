import { HTMLAttributes } from 'react';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles({
  root: {
    position: 'absolute',
    width: 1,
    height: 1,
    overflow: 'hidden',
    clip: 'rect(0 0 0 0)',
    whiteSpace: 'nowrap',
  },
});

/** Words for those who hear a page rather than see it. */
export const Spoken = (props: HTMLAttributes<HTMLSpanElement>) => (
  <span className={useStyles().root} {...props} />
);
