import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';

const useStyles = makeStyles(theme => ({
  root: {
    padding: theme.spacing(4, 2),
    textAlign: 'center',
    overflowWrap: 'anywhere',
  },
  action: { marginTop: theme.spacing(1) },
}));

/** That there is nothing, and what would bring something. */
export const EmptyNote = (props: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) => {
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <Typography variant="body1">{props.title}</Typography>
      {props.children && (
        <Typography variant="body2" color="textSecondary">
          {props.children}
        </Typography>
      )}
      {props.action && <div className={classes.action}>{props.action}</div>}
    </div>
  );
};
