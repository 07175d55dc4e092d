import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    alignContent: 'start',
    gap: theme.spacing(3),
    flexGrow: 1,
    // Below the header as far as beside the window's edge.
    padding: theme.spacing(1, 2.5, 3),
    fontFamily: theme.typography.fontFamily,
    color: theme.palette.text.primary,
    [theme.breakpoints.down('xs')]: { padding: theme.spacing(1, 2, 2) },
  },
}));

/** The body of one of CubeMig's pages, its parts one below the other. */
export const PageBody = (props: { label: string; children: ReactNode }) => (
  <main className={useStyles().root} aria-label={props.label}>
    {props.children}
  </main>
);
