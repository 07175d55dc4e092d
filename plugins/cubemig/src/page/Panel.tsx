import { ReactNode, useId } from 'react';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { HelpMark, HelpTopic } from '../help';

const useStyles = makeStyles(theme => ({
  root: {
    border: `1px solid ${theme.palette.divider}`,
    minWidth: 0,
    overflow: 'hidden',
  },
  header: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(0.5, 1.5),
    minHeight: 48,
    padding: theme.spacing(1, 2),
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  heading: { display: 'flex', alignItems: 'center', gap: theme.spacing(0.5) },
  title: { fontSize: '1rem', fontWeight: 600, margin: 0 },
  aside: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
  },
  padded: { padding: theme.spacing(2) },
}));

/** A framed, titled part of a page. */
export const Panel = (props: {
  title: string;
  help?: HelpTopic;
  aside?: ReactNode;
  /** Tables go to the frame, all else keeps away from it. */
  isFlush?: boolean;
  children: ReactNode;
}) => {
  const classes = useStyles();
  const id = useId();
  return (
    <Paper
      elevation={0}
      component="section"
      className={classes.root}
      aria-labelledby={id}
    >
      <header className={classes.header}>
        <div className={classes.heading}>
          <Typography id={id} variant="h2" className={classes.title}>
            {props.title}
          </Typography>
          {props.help && <HelpMark topic={props.help} title={props.title} />}
        </div>
        {props.aside && <div className={classes.aside}>{props.aside}</div>}
      </header>
      <div className={props.isFlush ? undefined : classes.padded}>
        {props.children}
      </div>
    </Paper>
  );
};
