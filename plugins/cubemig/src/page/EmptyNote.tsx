import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Help, HelpLink } from '../help';

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
  help?: Help;
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
      {props.help && (
        <Typography variant="body2">
          <HelpLink {...props.help} />
        </Typography>
      )}
      {props.action && <div className={classes.action}>{props.action}</div>}
    </div>
  );
};
